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

/** A touch of a customer, and the event that told it ("<source>:<source id>"), which decides between two of one moment. */
export interface ToldTouch extends Touch {
  readonly customerId: string
  readonly at: Date
  readonly eventKey: string
}

/** A touch that may be a customer's first or last. */
export interface EndTouch extends ToldTouch {
  readonly which: 'first' | 'last'
}

/** Of each customer's touches the earliest and the latest, in the order in which rows are to be locked. */
export function endsOf(touches: readonly ToldTouch[]): EndTouch[] {
  const ends = new Map<string, EndTouch>()
  for (const touch of touches) {
    for (const which of ['first', 'last'] as const) {
      const key = `${touch.customerId} ${which}`
      const known = ends.get(key)
      if (!known || isBefore(touch, known) === (which === 'first')) ends.set(key, { ...touch, which })
    }
  }
  return [...ends].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, end]) => end)
}

/** Whether one came before another; as the store compares them: by bytes where the moment is the same. */
function isBefore(one: ToldTouch, other: ToldTouch): boolean {
  const [first, second] = [one.at.getTime(), other.at.getTime()]
  return first === second ? Buffer.compare(Buffer.from(one.eventKey), Buffer.from(other.eventKey)) < 0 : first < second
}
