import { canonicalJson, sha256Hex } from '../../../core/hash.ts'
import { LOCALES, type Locale } from '../../../core/locale.ts'
import type { MenuDefinition, State, Tile } from './definition.ts'
import { type Bounds, type Layout, layoutOf } from './layout.ts'
import { pictureOf } from './picture.ts'

/** Who sees a menu: the first that fits is taken. */
export interface Audience {
  readonly locale: Locale
  /** Keys of tiers; none = whoever. */
  readonly tiers: readonly string[]
}

/** A menu as LINE takes it. */
export interface MenuForm {
  readonly name: string
  readonly selected: boolean
  readonly chatBarText: string
  readonly size: Layout['size']
  readonly areas: { readonly bounds: Bounds; readonly action: MenuAction }[]
}

type MenuAction =
  | { readonly type: 'message'; readonly label: string; readonly text: string }
  | { readonly type: 'uri'; readonly label: string; readonly uri: string }

/** One menu with its picture. The same content has the same hash, and the hash is its name at LINE. */
export interface Menu extends Audience {
  /** "gold.ja", "default.en" */
  readonly key: string
  readonly hash: string
  readonly form: MenuForm
  readonly svg: string
  /** Whether it is everybody's who has none of their own. */
  readonly isDefault: boolean
}

/** What our menus' names at LINE begin with; any others are somebody else's. */
const NAME = 'matane '

/** Whether a menu with this name is one that was made here. */
export function isOurs(name: string): boolean {
  return name.startsWith(NAME)
}

/** Every menu that a definition makes, in the order in which they are tried. */
export function menusOf(definition: MenuDefinition): Menu[] {
  const everybody: Pick<State, 'key' | 'ribbon' | 'tiles' | 'colour'> = { key: 'default' }
  const states = [
    ...definition.states.map((state) => ({ state, tiers: state.when.tier })),
    { state: everybody, tiers: [] }
  ]
  return states.flatMap(({ state, tiers }) => LOCALES.map((locale) => menuOf(definition, state, { locale, tiers })))
}

/** The menu of a customer: the first that fits. */
export function menuFor<Candidate extends Audience>(
  menus: readonly Candidate[],
  { locale, tier }: { locale: Locale; tier: string | undefined }
): Candidate | undefined {
  return menus.find(
    (menu) => menu.locale === locale && (menu.tiers.length === 0 || (tier !== undefined && menu.tiers.includes(tier)))
  )
}

function menuOf(
  { bar, colour, columns, tiles: usual }: MenuDefinition,
  state: Pick<State, 'key' | 'ribbon' | 'tiles' | 'colour'>,
  audience: Audience
): Menu {
  const { locale, tiers } = audience
  const tiles = state.tiles ?? usual
  const layout = layoutOf(tiles.length, columns, state.ribbon !== undefined)
  const svg = pictureOf({ layout, tiles, locale, colour: state.colour ?? colour, ribbon: state.ribbon?.[locale] })
  const areas = tiles.flatMap((tile, index) => {
    const bounds = layout.tiles[index]
    return bounds ? [{ bounds, action: actionOf(tile, locale) }] : []
  })
  const form = { selected: true, chatBarText: bar[locale], size: layout.size, areas }
  const hash = sha256Hex(canonicalJson({ form, svg })).slice(0, 40)
  const isDefault = tiers.length === 0 && locale === LOCALES[0]
  return { ...audience, key: `${state.key}.${locale}`, hash, svg, isDefault, form: { ...form, name: `${NAME}${hash}` } }
}

function actionOf({ label, say, open }: Tile, locale: Locale): MenuAction {
  const named = { label: label[locale] }
  if (say) return { type: 'message', ...named, text: say[locale] }
  return { type: 'uri', ...named, uri: open ?? '' }
}
