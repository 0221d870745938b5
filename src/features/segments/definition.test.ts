import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkFiles, faultLine } from '../definitions/index.ts'
import { segmentJsonSchema, segmentKind } from './index.ts'

const read = (path: string) => readFileSync(`flows/${path}`, 'utf8')
const check = (path: string, text: string) => checkFiles([segmentKind], [{ path, text }])

test('the segments that come with Matane are good, each in a file of its name', () => {
  const paths = globSync('segments/*.yaml', { cwd: 'flows' })
  expect(paths.length).toBeGreaterThanOrEqual(10)
  for (const path of paths) {
    const { good, faults } = check(path, read(path))
    expect(faults.map(faultLine)).toEqual([])
    expect(path).toBe(`segments/${good[0]?.key}.yaml`)
    expect(read(path)).toContain('$schema=../segment.schema.json')
  }
})

test('the JSON Schema for editors says what the program takes', () => {
  expect(JSON.parse(read('segment.schema.json'))).toEqual(segmentJsonSchema())
})

test('a fault stands at its line and column', () => {
  const text = `id: quiet
name: { ja: 静か, en: Quiet }
who:
  all:
    - { figure: visits, gte: 1 }
    - not:
        event: visit
        where: { memo: x }
    - risk: high
`
  expect(check('segments/quiet.yaml', text).faults.map(faultLine)).toEqual([
    'segments/quiet.yaml:8:18 "visit" keeps no such property in the clear: write one of amount, staff',
    'segments/quiet.yaml:9:7 risk bands are not available yet: leave this condition out until they are'
  ])
})

test('the tiers it names have to be among those beside it', () => {
  const text = (tier: string) =>
    `id: quiet\nname: { ja: 静か, en: Quiet }\nwho:\n  all:\n    - not: { tier: ${tier} }\n    - { tier: [regular, gone] }\n`
  const tier = (key: string, more: object = {}) => ({ key, name: { ja: key, en: key }, colour: '#333333', ...more })
  const body = { ...{ window: '365d', keep: '365d' }, tiers: [tier('regular'), tier('gold', { reach: { visits: 1 } })] }
  const files = (of: string) => [{ path: 'segments/quiet.yaml', text: text(of) }]
  const faults = (of: string, definitions = [{ kind: 'tiers', key: 'tiers', body }]) =>
    checkFiles([segmentKind], files(of), { definitions }).faults.map(faultLine)
  expect(faults('gold')).toEqual(['segments/quiet.yaml:6:9 there is no tier "gone": write one of regular, gold'])
  expect(faults('silver')).toHaveLength(2)
  expect(faults('gold', [])[0]).toMatch(/there are no tiers: make flows\/loyalty\/tiers.yaml/)
})
