/**
 * What condition (20) says in numbers: the largest density that particles of f0 can reach when no momentum changes by
 * more than h. Used by the claims on Theorem 3.1 and Lemma 3.2.
 *
 * If |k*rho_s| <= F for s <= t, a characteristic that ends at (q, p) began at (q' - pt, p') with |p' - p| <= Ft,
 * |q'-q| <= Ft^2/2, so $\rho_t(q)\le\int\operatorname{ess\,sup}\{f_0(q'-pt,p'):|q-q'|\le Ft^2,|p-p'|<Ft\}\,dp$, h = Ft:
 * (20) with R = F. With f_0(q,p) = rho(q) theta(|p|), theta decreasing, that is at most
 * $\|\rho\|_\infty\int\vartheta((|p|-h)_+)\,dp$.
 */
import { lawByName } from '../../law/lawByName.js'

/** Laws with an explicit bound. */
export type SpreadLaw = 'gaussian' | 'uniform-ball'

/**
 * ||rho_0||_inf int theta((|p| - h)_+) dp in closed form.
 * Gaussian: theta = (2 pi)^(-3/2) e^(-s^2/2), 4 pi int_0^h + 4 pi int_0^inf e^(-s^2/2) (s + h)^2 ds =
 * 4 pi [h^3/3 + sqrt(pi/2) (1 + h^2) + 2 h]; uniform on the unit ball: (1 + h)^3.
 * @param h >= 0, largest change of a momentum
 * @example spreadBound('uniform-ball', 0) // 3/(4 pi)
 */
export function spreadBound(law: SpreadLaw, h: number): number {
  const { rhoSup } = lawByName(law)
  if (law === 'uniform-ball') return rhoSup * (1 + h) ** 3
  const integral = h ** 3 / 3 + Math.sqrt(Math.PI / 2) * (1 + h * h) + 2 * h
  return rhoSup * (2 * Math.PI) ** -1.5 * 4 * Math.PI * integral
}
