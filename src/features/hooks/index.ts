import type { DefinitionKind, Feature } from '../../platform/feature.ts'
import type { PrivacyPort } from '../rights/index.ts'
import { hookConsumer } from './consume.ts'
import { hookKind } from './definition-kind.ts'
import { personalData } from './personal-data.ts'
import { receiveHook } from './receive-hook.ts'
import { recordLate } from './record-delivery.ts'
import { lookAgain, WAITING } from './wait-for.ts'

/** What a shop may write under flows/hooks/. */
export const hookDefinitions: readonly DefinitionKind[] = [hookKind]

/** Webhooks of shops and payment services. `nowMs` is real time, for signatures; `port` carries out what they pass on. */
export function hooksFeature(port: PrivacyPort, { nowMs = Date.now }: { nowMs?: () => number } = {}): Feature {
  return {
    name: 'hooks',
    definitions: hookDefinitions,
    webhooks: (app, door) =>
      void app.post('/hooks/:source', (http) =>
        receiveHook(door, { name: http.req.param('source'), request: http.req.raw, nowMs: nowMs() })
      ),
    inbox: [hookConsumer(port)],
    personalData,
    timers: {
      [WAITING]: (work, timer) => lookAgain(work, timer, (late) => recordLate(work, late))
    }
  }
}
