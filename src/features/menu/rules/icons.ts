/** Drawn in lines of 9 around the point 0 0, in a square of some 150. */
const ICONS = {
  card: '<rect x="-70" y="-48" width="140" height="96" rx="14"/><circle cx="-38" cy="-12" r="13"/><circle cx="0" cy="-12" r="13"/><circle cx="38" cy="-12" r="13"/><path d="M-46 24H46"/>',
  coupon:
    '<path d="M-74 -44H74V-16A16 16 0 0 0 74 16V44H-74V16A16 16 0 0 0 -74 -16Z"/><path d="M-14 -44V44" stroke-dasharray="12 11"/><path d="M16 18L52 -18M20 -14h.1M48 14h.1"/>',
  star: '<path d="M0 -60L18 -22L60 -17L29 12L37 54L0 33L-37 54L-29 12L-60 -17L-18 -22Z"/>',
  coin: '<circle r="58"/><path d="M-16 34V-32H8A21 21 0 0 1 8 10H-16"/>',
  crown: '<path d="M-62 40L-70 -32L-32 -4L0 -50L32 -4L70 -32L62 40Z"/><path d="M-58 58H58"/>',
  gift: '<rect x="-54" y="-12" width="108" height="70" rx="8"/><rect x="-64" y="-40" width="128" height="28" rx="6"/><path d="M0 -40V58M0 -40C-12 -74 -50 -74 -46 -54C-42 -42 -16 -40 0 -40C16 -40 42 -42 46 -54C50 -74 12 -74 0 -40"/>',
  calendar:
    '<rect x="-60" y="-46" width="120" height="104" rx="12"/><path d="M-60 -14H60M-30 -62V-34M30 -62V-34M-20 22L-4 38L26 8"/>',
  talk: '<path d="M-66 -50H66A10 10 0 0 1 76 -40V24A10 10 0 0 1 66 34H-8L-40 62V34H-66A10 10 0 0 1 -76 24V-40A10 10 0 0 1 -66 -50Z"/><path d="M-36 -8h.1M0 -8h.1M36 -8h.1" stroke-width="16"/>',
  settings:
    '<path d="M-60 -38H10M46 -38H60M-60 0H-46M-10 0H60M-60 38H2M38 38H60"/><circle cx="28" cy="-38" r="18"/><circle cx="-28" cy="0" r="18"/><circle cx="20" cy="38" r="18"/>',
  help: '<circle r="60"/><path d="M-20 -16A20 20 0 1 1 6 5C0 9 0 12 0 20M0 36h.1"/>',
  shop: '<path d="M-56 -6V54H56V-6M-64 -18L-52 -54H52L64 -18A16 16 0 0 1 32 -18A16 16 0 0 1 0 -18A16 16 0 0 1 -32 -18A16 16 0 0 1 -64 -18ZM-16 54V18H16V54"/>',
  phone:
    '<path d="M-52 -56H-24L-10 -24L-28 -10C-20 8 -8 20 10 28L24 10L56 24V52C56 58 52 60 46 60C-12 58 -58 10 -60 -46C-60 -52 -58 -56 -52 -56Z"/>'
} as const
export type IconName = keyof typeof ICONS
export const ICON_NAMES = [
  'card',
  'coupon',
  'star',
  'coin',
  'crown',
  'gift',
  'calendar',
  'talk',
  'settings',
  'help',
  'shop',
  'phone'
] as const satisfies readonly IconName[]

/** An icon around a point, `scale` times its size. */
export function icon(
  name: IconName,
  { x, y, scale, colour }: { x: number; y: number; scale: number; colour: string }
): string {
  return (
    `<g transform="translate(${x} ${y}) scale(${scale})" fill="none" stroke="${colour}" stroke-width="9" ` +
    `stroke-linecap="round" stroke-linejoin="round">${ICONS[name]}</g>`
  )
}
