import { LOCALES } from '../../core/locale.ts'
import type { Tx } from '../../platform/db/index.ts'
import type { DefinitionFault, DefinitionKind } from '../../platform/feature.ts'
import { current, explainIssues } from '../definitions/index.ts'
import { MENU, MenuDefinition, type Tile } from './rules/definition.ts'

/** flows/loyalty/menu.yaml. `knows` = whether any room answers a text: a tile that nobody answers is a fault. */
export function menuKind(knows: (text: string) => boolean): DefinitionKind {
  return {
    kind: MENU,
    files: 'loyalty/menu.yaml',
    check(input) {
      const parsed = MenuDefinition.safeParse(input)
      if (parsed.success) return { ok: true, key: MENU, body: parsed.data }
      return { ok: false, faults: explainIssues(parsed.error) }
    },
    together(body) {
      const { tiles, states } = MenuDefinition.parse(body)
      return [
        ...unanswered(tiles, ['tiles'], knows),
        ...states.flatMap((state, index) => unanswered(state.tiles ?? [], ['states', index, 'tiles'], knows))
      ]
    }
  }
}

/** The menu in force; undefined while none is published. */
export async function currentMenu(tx: Tx): Promise<MenuDefinition | undefined> {
  const published = await current(tx, MENU, MENU)
  return published && MenuDefinition.parse(published.body)
}

function unanswered(
  tiles: readonly Tile[],
  path: DefinitionFault['path'],
  knows: (text: string) => boolean
): DefinitionFault[] {
  return tiles.flatMap(({ say }, index) =>
    LOCALES.filter((locale) => say && !knows(say[locale])).map((locale) => ({
      path: [...path, index, 'say', locale],
      message: `nobody answers "${say?.[locale]}" here: write a word such as スタンプ, クーポン, 設定, 相談 or ヘルプ`
    }))
  )
}
