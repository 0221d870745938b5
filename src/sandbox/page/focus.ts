/**
 * Where the keyboard goes on when what it was on is drawn no more, such as a button that did its work and left. Without
 * it the browser begins again at the top of the page.
 */
export interface FocusKeeper {
  /** The focus came to this. */
  on(target: EventTarget | null): void
  /** Call after each drawing: a focus that was drawn away goes to the nearest home that is still there. */
  keep(): void
}

/** Marks what takes the focus for what was in it or beside it: a chat's log, a message. */
const HOME = '[data-home]'
const FIELDS = 'input, select, textarea'

/** Remembers the focus and all around it. */
export function focusKeeper(): FocusKeeper {
  let path: readonly Element[] = []
  return {
    on(target) {
      path = target instanceof Element ? pathOf(target) : []
    },
    keep() {
      const lost = path[0]?.isConnected === false && document.activeElement === document.body
      const home = lost ? homeNear(path) : undefined
      if (home instanceof HTMLElement) home.focus({ preventScroll: true })
    }
  }
}

/** Puts the focus on what is to be filled in first, as Slack does; a browser would choose the button that closes. */
export function focusFirstField(dialog: HTMLElement): void {
  const field = dialog.querySelector(FIELDS)
  if (field instanceof HTMLElement) field.focus()
}

/** Puts the focus on a field for text, and the cursor behind what stands in it. */
export function focusAtEnd(field: HTMLElement | null): void {
  if (!(field instanceof HTMLInputElement)) return
  field.focus()
  field.setSelectionRange(field.value.length, field.value.length)
}

function pathOf(element: Element): Element[] {
  const path: Element[] = []
  for (let each: Element | null = element; each; each = each.parentElement) path.push(each)
  return path
}

function homeNear(path: readonly Element[]): Element | undefined {
  for (const element of path.filter(({ isConnected }) => isConnected)) {
    const home = element.matches(HOME) ? element : element.querySelector(HOME)
    if (home) return home
  }
  return undefined
}
