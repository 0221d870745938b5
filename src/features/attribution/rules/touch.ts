/** The events that may tell where a customer came from. */
export const TOUCH_EVENTS = ['attribution.touched', 'ref.opened', 'page.viewed', 'session.started'] as const

/** Where somebody came from, as far as it was told. */
export interface Touch {
  readonly source: string | null
  readonly medium: string | null
  readonly campaign: string | null
  readonly content: string | null
  readonly term: string | null
  readonly ref: string | null
  readonly lpVariant: string | null
}

/** The property of an event that tells each part. */
export const TOUCH_PROPERTIES: Readonly<Record<keyof Touch, string>> = {
  source: 'utm_source',
  medium: 'utm_medium',
  campaign: 'utm_campaign',
  content: 'utm_content',
  term: 'utm_term',
  ref: 'ref',
  lpVariant: 'variant'
}

/** What an event's properties tell; undefined when that is nothing: most pages are just looked at. */
export function touchOf(properties: Readonly<Record<string, unknown>>): Touch | undefined {
  const told = (key: keyof Touch) => {
    const value = properties[TOUCH_PROPERTIES[key]]
    return typeof value === 'string' && value !== '' ? value : null
  }
  const touch: Touch = {
    ...{ source: told('source'), medium: told('medium'), campaign: told('campaign') },
    ...{ content: told('content'), term: told('term'), ref: told('ref'), lpVariant: told('lpVariant') }
  }
  return Object.values(touch).some((value) => value !== null) ? touch : undefined
}
