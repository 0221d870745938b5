import type { Flow } from './schema.ts'

/** UTF-16 units of an address that LINE opens. */
const MAX_ADDRESS = 1000
/** UTF-16 units of a picture's address. */
const MAX_IMAGE = 2000

const CALL = /^tel:\+?[\d-]{3,20}$/
/** LINE opens these itself: nobody else sees what is added to them. */
const LINES_OWN = /(^|\.)line\.me$/

/**
 * Where a button leads: what the file says, percent-encoded, and which campaign it was, unless the address says so itself or
 * the flow says `utm: false`.
 */
export function addressOf({ id, utm = true }: Pick<Flow, 'id' | 'utm'>, open: string): string {
  const url = URL.canParse(open) ? new URL(open) : undefined
  if (url?.protocol !== 'https:') return open
  const named = [...url.searchParams.keys()].some((name) => name.startsWith('utm_'))
  if (!utm || named || LINES_OWN.test(url.hostname)) return url.href
  // Appended as text: searchParams.set would write the rest of a query anew, which some shops do not take.
  const added = `utm_source=line&utm_medium=message&utm_campaign=${encodeURIComponent(id)}`
  url.search = url.search ? `${url.search}&${added}` : added
  return url.href
}

/** What is wrong with a button's address, and what to write instead. */
export function addressFault(flow: Pick<Flow, 'id' | 'utm'>, open: string): string | undefined {
  if (CALL.test(open)) return undefined
  const fault = pageFault(open)
  if (fault) return fault
  const { length } = addressOf(flow, open)
  if (length <= MAX_ADDRESS) return undefined
  return `the address has ${length} characters with what says which campaign it was, LINE takes ${MAX_ADDRESS}: shorten it`
}

/** What is wrong with a picture's address. */
export function imageFault(url: string): string | undefined {
  const fault = pageFault(url)
  if (fault) return fault
  return url.length <= MAX_IMAGE ? undefined : `LINE takes ${MAX_IMAGE} characters, this has ${url.length}: shorten it`
}

function pageFault(address: string): string | undefined {
  if (/[{}]/.test(address))
    return 'an address is the same for everybody, nothing is filled in here: take out the braces'
  if (/\s/.test(address)) return 'an address has no spaces: take them out, or write them as %20'
  if (!/^https:\/\/[^/]/.test(address) || !URL.canParse(address))
    return 'write an address that begins with https://, such as https://shop.example.com/menu'
  const { username, password } = new URL(address)
  return username || password
    ? 'leave out the name and password before the @: every customer would see them'
    : undefined
}
