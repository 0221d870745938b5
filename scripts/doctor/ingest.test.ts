import { expect, test } from 'vitest'
import { type Answering, useSetUp } from '../../test/support/set-up.ts'
import { examine } from './examine.ts'

const setUp = useSetUp()
const keys = { MATANE_WRITE_KEYS: 'shop/ec:write-key-of-the-shop' }
const ingest = async (door: Answering) =>
  (await examine({ ...(await setUp({ '/v1/batch': door })), ...keys })).filter(({ area }) => area === 'ingest')

test('the keys of those who send events are tried at the running server', async () => {
  const findings = await ingest((c) =>
    c.req.header('authorization') === 'Bearer write-key-of-the-shop' ? c.json({ success: true }) : c.json({}, 401)
  )
  expect(findings).toEqual([{ area: 'ingest', level: 'ok', what: 'shop (ec) may send events' }])
})

test('a key that it does not take is told, without the key', async () => {
  const findings = await ingest((c) => c.json({ title: 'no' }, 401))
  expect(findings).toMatchObject([{ level: 'problem', what: expect.stringMatching(/shop is not taken.*401/) }])
  expect(JSON.stringify(findings)).not.toContain('write-key-of-the-shop')
})
