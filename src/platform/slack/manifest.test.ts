import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { SCOPES } from '../../sandbox/slack/index.ts'

const manifest = parse(readFileSync(new URL('../../../slack-manifest.yaml', import.meta.url), 'utf8'))

describe('slack-manifest.yaml', () => {
  it('asks for the scopes that the fake workspace grants, no more and no fewer', () => {
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...SCOPES].sort())
  })

  it('sends everything to the one door', () => {
    const urls = JSON.stringify(manifest).match(/https:[^"]+/g)
    expect(new Set(urls)).toEqual(new Set(['https://matane.example.com/slack/events']))
    expect(urls).toHaveLength(4)
  })

  it('has Slack write mentions in commands as ids, which names cannot forge', () => {
    const commands: { command: string; should_escape: boolean }[] = manifest.features.slash_commands
    expect(commands.map(({ command, should_escape }) => [command, should_escape])).toEqual([
      ['/kpi', true],
      ['/matane', true]
    ])
  })
})
