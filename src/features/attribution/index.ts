import type { Feature } from '../../platform/feature.ts'
import { onTouch } from './keep-touches.ts'
import { line } from './line.ts'
import { TOUCH_EVENTS } from './rules/touch.ts'

export { createRef, refLink } from './create-ref.ts'
export { rebuildAttribution } from './keep-touches.ts'
export { countRefs, type KeptTouch, touchesOf } from './store.ts'

/** Where customers come from: codes on posters and in links, campaigns and landing pages; the first touch and the last. */
export const attributionFeature: Feature = {
  name: 'attribution',
  line,
  on: Object.fromEntries(TOUCH_EVENTS.map((name) => [name, onTouch]))
}
