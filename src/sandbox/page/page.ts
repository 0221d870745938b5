import type { View } from './actions.ts'
import { tabs, topBar } from './bar.ts'
import { guideView, type Progress } from './guide.ts'
import { inspectorView } from './inspector.ts'
import { type Element, h } from './node.ts'
import { phoneColumn } from './phone.ts'
import { slackColumn } from './slack.ts'
import type { Choice, FeedEntry, SandboxState } from './state.ts'

/** Everything the page draws from. */
export interface Model {
  readonly state: SandboxState
  readonly feed: readonly FeedEntry[]
  readonly choice: Choice
  readonly progress: Progress
  /** Something to tell the person at the page for a moment. */
  readonly toast: string | undefined
}

/** The whole page but its dialogs. */
export function pageView({ state, feed, choice, progress, toast }: Model, view: View): readonly Element[] {
  return [
    topBar(state, choice, view),
    ...(choice.guide ? [guideView(state, choice, { view, progress })] : []),
    tabs(choice, view),
    h(
      'main',
      { key: 'main', class: `stage tab-${choice.tab}${choice.inspector ? ' with-inspector' : ''}` },
      phoneColumn(state, choice, view),
      slackColumn(state, choice, view),
      inspectorView(feed, choice, view)
    ),
    h(
      'div',
      { key: 'toast', class: toast ? 'toast shown' : 'toast', attrs: { role: 'status', 'aria-live': 'polite' } },
      toast ?? ''
    )
  ]
}
