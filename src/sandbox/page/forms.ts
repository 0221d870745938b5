/** What stands in a composer's field when its form is submitted. */
export function writtenIn(event: Event): string {
  if (!(event.currentTarget instanceof HTMLFormElement)) return ''
  return String(new FormData(event.currentTarget).get('text') ?? '')
}
