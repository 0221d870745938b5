/** What LINE does with an address that a customer opens. */
export type LinkEffect =
  | { readonly kind: 'prefill'; readonly text: string }
  | { readonly kind: 'scan' }
  | { readonly kind: 'open'; readonly url: string }
  | { readonly kind: 'nothing' }

/** LINE's own addresses act inside LINE (a prefilled message, the QR reader); other safe ones open a page. */
export function linkEffect(address: string, safeUrl: string | undefined): LinkEffect {
  if (!safeUrl || !URL.canParse(address)) return { kind: 'nothing' }
  const url = new URL(address)
  if (url.hostname !== 'line.me') return { kind: 'open', url: safeUrl }
  if (url.pathname.startsWith('/R/nv/QRCodeReader')) return { kind: 'scan' }
  if (!url.pathname.startsWith('/R/oaMessage/')) return { kind: 'open', url: safeUrl }
  return { kind: 'prefill', text: decoded(url.search.slice(1)) }
}

function decoded(query: string): string {
  try {
    return decodeURIComponent(query)
  } catch {
    return query
  }
}
