import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { renderAsync } from '@resvg/resvg-js'
import { sha256Hex } from '../../core/hash.ts'

/** Makes a PNG of an SVG. The same SVG gives the same picture everywhere. */
export type Paint = (svg: string) => Promise<Uint8Array>

const FONT_PACKAGE = fileURLToPath(import.meta.resolve('@expo-google-fonts/zen-kaku-gothic-new/package.json'))
const FONT_FILES = ['500Medium/ZenKakuGothicNew_500Medium.ttf', '700Bold/ZenKakuGothicNew_700Bold.ttf'].map((file) =>
  join(FONT_PACKAGE, '..', file)
)
/** The one family there is: the machine's own fonts are never used, so that pictures look the same everywhere. */
export const FONTS = { loadSystemFonts: false, fontFiles: FONT_FILES, defaultFontFamily: 'Zen Kaku Gothic New' }
/** Pictures kept: a few megabytes. */
const KEPT = 64

/**
 * A painter that remembers its newest pictures by what they show. Node only: the renderer and its fonts have 5 MB, more than
 * a Worker may carry beside the product. It paints beside the main thread.
 */
export function createPainter(kept: number = KEPT): Paint {
  const pictures = new Map<string, Promise<Uint8Array>>()
  return (svg) => {
    const key = sha256Hex(svg)
    const picture = pictures.get(key) ?? paint(svg)
    pictures.delete(key)
    pictures.set(key, picture)
    // A failure is not remembered; whoever asked hears of it.
    picture.catch(() => pictures.delete(key))
    for (const oldest of [...pictures.keys()].slice(0, -kept)) pictures.delete(oldest)
    return picture
  }
}

async function paint(svg: string): Promise<Uint8Array> {
  return (await renderAsync(svg, { font: FONTS })).asPng()
}
