import { type Config, ConfigError, type LoadedConfig, loadConfig } from '../../src/config.ts'
import { type Finding, fine, problem } from './finding.ts'
import { checkHooks } from './hooks.ts'
import { checkIngest } from './ingest.ts'
import { checkLine } from './line.ts'
import { checkServer } from './server.ts'
import { checkSlack } from './slack.ts'
import { checkStore } from './store.ts'

/** Looks at a whole set-up, the settings first. `nowMs` is real time. */
export async function examine(environment: NodeJS.ProcessEnv, nowMs: () => number = Date.now): Promise<Finding[]> {
  const loaded = settingsOf(environment)
  if (Array.isArray(loaded)) return loaded
  const store = await checkStore(loaded)
  if (loaded.sandbox) return [fine('settings', 'the sandbox is on: LINE and Slack are built in'), ...store]
  return [fine('settings', 'everything is set'), ...store, ...(await checkAll(loaded, nowMs))]
}

async function checkAll(config: Config, nowMs: () => number): Promise<Finding[]> {
  const areas = await Promise.all([
    checkServer(config, nowMs),
    checkLine(config, nowMs),
    checkSlack(config),
    checkHooks(config),
    checkIngest(config)
  ])
  return areas.flat()
}

function settingsOf(environment: NodeJS.ProcessEnv): LoadedConfig | Finding[] {
  try {
    return loadConfig(environment)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.faults.map(({ variable, problem: fault }) => problem('settings', `${variable} has a fault`, fault))
  }
}
