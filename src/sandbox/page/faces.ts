/** The character that stands for a person where there is no picture. */
export function initialOf(name: string): string {
  return [...name.trim()][0]?.toUpperCase() ?? '?'
}

/** One of six colours, always the same for an id. */
export function toneOf(id: string): number {
  return [...id].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 997, 7) % 6
}

/** The shop's initial, without the word for what kind of shop it is: "ま" of "喫茶またね". */
export function shopInitialOf(name: string): string {
  return initialOf(name.replace(/^(喫茶|カフェ)/, '') || name)
}

/** A name short enough for a small button: the given name of "Emma Wilson", the whole of "佐藤 花子". */
export function shortNameOf(name: string): string {
  return /^[\p{Script=Latin}\s'.-]+$/u.test(name) ? (name.trim().split(/\s+/)[0] ?? name) : name
}
