import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where a Chromium is on this machine: CHROMIUM_PATH when it is given, else the usual places. */
export function findChromium(): string | undefined {
  const given = process.env.CHROMIUM_PATH
  return given ? given : PLACES.find((place) => existsSync(place))
}

/** Starts a browser that talks to nobody but the page. */
export function openBrowser(executablePath: string): Promise<Browser> {
  const args = [
    ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
    ...['--disable-background-networking', '--disable-component-update', '--disable-sync']
  ]
  return chromium.launch({ executablePath, args })
}
