const CONTROL = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Text from runs, safe to print: control characters, which could move the cursor or recolour the terminal, become spaces. */
export function plainText(text: string, longest = 60): string {
  const plain = [...text.replace(CONTROL, ' ')];
  return plain.length > longest ? `${plain.slice(0, longest - 1).join('')}…` : plain.join('');
}

/** As `plainText`, but whole, and with its line breaks: for messages, which quote what files hold. */
export function plainLines(text: string): string {
  return text.replace(CONTROL, (control) => (control === '\n' ? control : ' '));
}
