import { LineError, type RichMenuClient } from '../../platform/line/index.ts'
import type { Sender } from '../../platform/queue/index.ts'
import type { Notice } from '../../platform/slack/index.ts'
import { linkMenus } from './link-menus.ts'
import { MENU_GONE } from './texts.ts'

export interface MenuSenderDeps {
  readonly client: Pick<RichMenuClient, 'link' | 'unlink'>
  /** Tells staff something once: a notice of this name is said once, ever. */
  readonly notice: (notice: Notice) => Promise<void>
}

/**
 * Lets LINE show a customer the menu that is theirs. Outcomes: linked, unchanged; menu_gone when LINE does not know the menu
 * any more, of which staff are told once a day: "menu sync" makes it anew and gives it to everybody whose it is.
 */
export function menuSender({ client, notice }: MenuSenderDeps): Sender {
  return {
    channel: 'line-menu',
    async send(scope, { customerId }, attempt) {
      const now = scope.now()
      if (customerId === undefined) return { outcome: 'unchanged' }
      try {
        const moved = await attempt('link', () => linkMenus({ db: scope.db, client, now }, [customerId]))
        return { outcome: moved > 0 ? 'linked' : 'unchanged' }
      } catch (error) {
        if (!(error instanceof LineError && error.status === 404)) throw error
        await notice({ name: `menu-gone:${now.toISOString().slice(0, 10)}`, text: (locale) => MENU_GONE[locale] })
        return { outcome: 'menu_gone' }
      }
    }
  }
}
