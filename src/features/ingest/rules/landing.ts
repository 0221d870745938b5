import { type Bag, bagOf, firstOf, present, textOf } from './bag.ts'

const UTM = ['source', 'medium', 'term', 'content'] as const

/**
 * How somebody came: the campaign of the context (as Segment's libraries tell it), the page's query, or properties of these
 * names; the nearest word counts. `variant` is the landing page's, `ref` a referral code.
 */
export function landingOf(properties: Bag, context: Bag): Bag {
  const campaign = bagOf(context.campaign)
  const query = queryOf(properties, context)
  const utm = UTM.map((name) => [`utm_${name}`, firstOf(campaign, name)] as const)
  const told = present({ ...Object.fromEntries(utm), utm_campaign: firstOf(campaign, 'name', 'campaign') })
  const names = [...UTM.map((name) => `utm_${name}`), 'utm_campaign', 'variant', 'ref']
  const own = Object.fromEntries(names.map((name) => [name, textOf(properties[name]) ?? query[name]]))
  return { ...present(own), ...told }
}

function queryOf(properties: Bag, context: Bag): Readonly<Record<string, string | undefined>> {
  const page = bagOf(context.page)
  const url = textOf(firstOf(properties, 'url')) ?? textOf(page.url) ?? ''
  const search = textOf(firstOf(properties, 'search')) ?? textOf(page.search) ?? (URL.parse(url)?.search || '')
  const query = new URLSearchParams(search.slice(0, 2_000))
  return Object.fromEntries([...query].map(([name, value]) => [name === 'lp_variant' ? 'variant' : name, value]))
}

/** The page somebody looked at: what the call says, else where its context was. */
export function pageOf(properties: Bag, context: Bag): Bag {
  const page = bagOf(context.page)
  const url = textOf(properties.url) ?? textOf(page.url)
  const path = textOf(properties.path) ?? textOf(page.path) ?? (url && URL.parse(url)?.pathname)
  return present({
    url,
    path,
    title: textOf(properties.title) ?? textOf(page.title),
    referrer: firstOf(page, 'referrer')
  })
}
