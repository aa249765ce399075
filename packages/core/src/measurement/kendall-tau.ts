/**
 * Kendall's τ_b (Kendall 1945): pairs that x and y order alike less pairs that they order contrarily, by the geometric mean of the pairs that
 * either orders at all. −1 where y falls with every step of x, 1 where it rises; 0 where one of the two is constant, which orders nothing.
 * @param x as many as y
 */
export function kendallTau(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let [alike, ordered, yOrdered] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const ofX = Math.sign(x[i] - x[j]);
      const ofY = Math.sign(y[i] - y[j]);
      alike += ofX * ofY;
      ordered += Math.abs(ofX);
      yOrdered += Math.abs(ofY);
    }
  }
  return ordered === 0 || yOrdered === 0 ? 0 : alike / Math.sqrt(ordered * yOrdered);
}
