/** Text from runs, safe to print: control characters, which could move the cursor or recolour the terminal, become spaces. */
export function plainText(text: string, longest = 60): string {
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' ');
  return plain.length > longest ? `${plain.slice(0, longest - 1)}…` : plain;
}
