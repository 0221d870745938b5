import { parse } from 'yaml'
import { createRichMenuClient } from '../../src/platform/line/index.ts'
import { createFakeLine } from '../../src/sandbox/line/index.ts'
import { listen } from './line-world.ts'

const ACCESS_TOKEN = 'access-token'

/** A small menu: one state for gold members, four pictures in all. */
export const smallMenu = () =>
  parse(`
    bar: { ja: メニュー, en: Menu }
    colour: "#7a4b2a"
    tiles:
      - { icon: coupon, label: { ja: クーポン, en: Coupons }, say: { ja: クーポン, en: coupon } }
      - { icon: shop, label: { ja: お店, en: Shops }, open: "https://shop.example" }
    states:
      - { key: gold, when: { tier: [gold] }, ribbon: { ja: ゴールド, en: Gold } }
  `)

/** A fake LINE on a port, and our client for its rich menus. */
export async function menuWorld() {
  const line = createFakeLine({
    ...{ channelSecret: 'channel-secret', accessToken: ACCESS_TOKEN, botId: '@matane' },
    now: () => new Date(),
    deliver: async () => new Response('ok')
  })
  const { url } = await listen((request) => line.fetch(request))
  const env = {
    ...{ LINE_API_BASE_URL: url, LINE_CHANNEL_ACCESS_TOKEN: ACCESS_TOKEN, LINE_CHANNEL_SECRET: 'channel-secret' },
    ...{
      LINE_BOT_ID: '@matane',
      SLACK_SIGNING_SECRET: 'secret',
      SLACK_BOT_TOKEN: 'xoxb-test',
      SLACK_ALERT_CHANNEL: 'C1'
    }
  }
  return {
    line,
    url,
    env,
    client: createRichMenuClient({ accessToken: ACCESS_TOKEN, apiBaseUrl: url }),
    /** The calls that changed something since the last look: "POST /v2/bot/richmenu". Ids are left out. */
    changes: changesOf(line),
    menus: () => Object.values(line.snapshot().richMenus)
  }
}

function changesOf(line: ReturnType<typeof createFakeLine>): () => string[] {
  let seen = 0
  return () => {
    const calls = line.calls().slice(seen)
    seen += calls.length
    return calls
      .filter(({ kind, method }) => kind === 'api' && method !== 'GET')
      .map(
        ({ method, path }) =>
          `${method} ${path
            .replace('/v2/bot/', '')
            .replace(/richmenu-\w+/, '*')
            .replace(/U[0-9a-f]{32}/, '*')}`
      )
  }
}
