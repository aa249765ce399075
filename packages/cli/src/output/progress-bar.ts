const WIDTH = 20;

/** A bar of twenty characters: `━━━━━━━━━━────────── 50 %`. `share` beyond [0, 1] is cut. */
export function progressBar(share: number): string {
  const cut = Math.min(1, Math.max(0, share));
  const full = Math.round(cut * WIDTH);
  return `${'━'.repeat(full)}${'─'.repeat(WIDTH - full)} ${Math.floor(100 * cut)} %`;
}
