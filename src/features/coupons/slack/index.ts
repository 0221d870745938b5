import type { Context } from '../../../platform/feature.ts'
import { LANGUAGE, readSetting } from '../../../platform/settings/index.ts'
import type { Card, Click, SlackHandlers } from '../../../platform/slack/index.ts'
import { openShops } from '../../shops/index.ts'
import { RECORD_TYPE } from '../announce.ts'
import { seeCoupons } from '../see-coupons.ts'
import { couponById, couponBySerial, currentCoupons } from '../store/coupons.ts'
import { findPauses } from '../store/pauses.ts'
import { giveForm, reasonForm, useForm } from './forms.ts'
import { ACTION } from './ids.ts'
import { listModal, readerOf } from './look.ts'
import { manage } from './manage.ts'
import { submissions } from './submissions.ts'
import { STAFF_TEXTS } from './texts.ts'
import { couponCard } from './views.ts'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What staff do with coupons: confirm a use, undo it, withdraw one, give one; see the figures of all, and manage them. */
export const slack: SlackHandlers = {
  verbs: manage.verbs,
  actions: {
    ...manage.actions,
    [ACTION.list]: { role: 'cs', run: showList },
    [ACTION.use]: { role: 'cs', run: openUse },
    [ACTION.undo]: { role: 'cs', run: (click) => click.openModal(reasonForm('undo', click.value, readerOf(click))) },
    [ACTION.withdraw]: {
      role: 'cs',
      run: (click) => click.openModal(reasonForm('withdraw', click.value, readerOf(click)))
    },
    [ACTION.give]: { role: 'cs', run: openGive }
  },
  submissions: { ...submissions, ...manage.submissions },
  cards: { [RECORD_TYPE]: drawCard }
}

async function showList(click: Click): Promise<void> {
  if (!UUID.test(click.value)) return click.whisper(STAFF_TEXTS[click.staff.locale].gone)
  await click.openModal(await listModal(click, click.value))
}

async function openUse(click: Click): Promise<void> {
  const { prisma, cipher } = click.scope.db
  const coupon = await couponBySerial(prisma, click.value)
  if (!coupon) return click.whisper(STAFF_TEXTS[click.staff.locale].gone)
  await click.openModal(useForm(coupon, await openShops(prisma, cipher), readerOf(click)))
}

async function openGive(click: Click): Promise<void> {
  const { prisma } = click.scope.db
  const pauses = await findPauses(prisma)
  const coupons = (await currentCoupons(prisma)).filter(({ key }) => !pauses.has(key))
  if (coupons.length === 0) return click.whisper(STAFF_TEXTS[click.staff.locale].noCoupons)
  await click.openModal(giveForm(click.value, coupons, readerOf(click)))
}

async function drawCard({ scope, config }: Context, id: string): Promise<Card | undefined> {
  return scope.db.transaction(async (tx) => {
    const coupon = await couponById(tx, id)
    const [seen] = coupon ? await seeCoupons(tx, [coupon]) : []
    if (!seen) return undefined
    const language = await readSetting(tx, LANGUAGE)
    const reader = { locale: language.value, timeZone: config.timeZone, now: scope.now() }
    return couponCard(seen, reader, language.version)
  })
}
