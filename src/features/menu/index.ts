import type { Feature } from '../../platform/feature.ts'
import { menuKind } from './definition.ts'
import { personalData } from './personal-data.ts'

export { type MenuSync, syncMenus } from './sync-menus.ts'

/** The menu below the chat: a picture with places to tap. `others` = the features whose words a tap may say. */
export function menuFeature(others: readonly Feature[]): Feature {
  const knows = (text: string) => others.some(({ line }) => line?.knows?.(text))
  return { name: 'menu', definitions: [menuKind(knows)], personalData }
}
