/** Chebyshev coefficients of (1 + 2x) erfcx(x) in t = (x − 3)/(x + 3); made by `tools/fixtures/single-unit/normal.py`. */
const COEFFICIENTS = [
  1.17756257419656, 0.0053539045396156768, -0.093775503422842091, 0.05436652555744322, -0.018976596707845207,
  0.0044534260614627116, -0.00063355317105531469, 1.7661719523171592e-5, 1.2841532864056671e-5, -2.0072285659059914e-6,
  -1.8075227904148371e-7, 7.5498283438250928e-8, 1.8856685238386028e-9, -2.699519049798364e-9, -1.4600799119391049e-11,
  1.036160744596949e-10, 1.475715976623473e-12, -4.2773400643969108e-12, -2.07922492859799e-13, 1.8134502003176962e-13,
  1.9734255745447388e-14, -7.2879437375926732e-15, -1.5169878690228116e-15, 2.3514112258781404e-16,
  1.0006111691821668e-16, -2.0572528169538546e-18, -5.6086082188631829e-18,
];

/**
 * Scaled complementary error function exp(x²) erfc(x) for x ≥ 0: it neither underflows nor cancels, where erfc does.
 * Relative error below 1e-15.
 */
export function erfcx(x: number): number {
  const t = (x - 3) / (x + 3);
  let next = 0;
  let afterNext = 0;
  for (let j = COEFFICIENTS.length - 1; j > 0; j--) {
    const current = COEFFICIENTS[j] + 2 * t * next - afterNext;
    afterNext = next;
    next = current;
  }
  return (COEFFICIENTS[0] + t * next - afterNext) / (1 + 2 * x);
}
