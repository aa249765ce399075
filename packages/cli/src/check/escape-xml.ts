/** What XML 1.0 does not allow, not even escaped: control characters, lone surrogates, and two non-characters. */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/**
 * Text fit for XML's element content and quoted attributes, whatever it holds. What XML can't hold becomes U+FFFD, as do
 * bidirectional overrides, which could make a name look like another; line breaks and tabs are kept, as references.
 */
export function escapeXml(text: string): string {
  return text
    .replace(NOT_XML, '\ufffd')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
    .replace(/[&<>"'\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
