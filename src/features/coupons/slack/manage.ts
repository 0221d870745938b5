import { type Click, type Command, may, type SlackHandlers } from '../../../platform/slack/index.ts'
import { switchCoupon } from '../pause-coupon.ts'
import { create, createForm } from './create.ts'
import { ACTION } from './ids.ts'
import { readerOf } from './look.ts'
import { reportBlocks, reportCoupons } from './report.ts'
import { REPORT_TEXTS } from './report-texts.ts'

/** "/matane coupons": figures for cs, changes for managers. */
export const manage = {
  verbs: { coupons: { role: 'cs', help: { ja: REPORT_TEXTS.ja.help, en: REPORT_TEXTS.en.help }, run: list } },
  actions: {
    [ACTION.pause]: { role: 'manager', run: (click) => toggle(click, 'pause') },
    [ACTION.resume]: { role: 'manager', run: (click) => toggle(click, 'resume') },
    [ACTION.create]: { role: 'manager', run: (click) => click.openModal(createForm(click.staff)) }
  },
  submissions: { [ACTION.create]: { role: 'manager', run: create } }
} satisfies SlackHandlers

async function list(turn: Command): Promise<void> {
  const reader = readerOf(turn)
  const reported = await turn.scope.db.transaction((tx) => reportCoupons(tx, reader))
  await turn.whisper(REPORT_TEXTS[reader.locale].title, reportBlocks(reported, reader, may(turn.staff.role, 'manager')))
}

/** Of two who click at once one switches it, and the other is told. */
async function toggle(click: Click, way: 'pause' | 'resume'): Promise<void> {
  const { staff, value: coupon } = click
  const texts = REPORT_TEXTS[staff.locale]
  const done = await click.perform(click.cause, (work) => switchCoupon(work, { coupon, by: staff.id, way }))
  const told = way === 'pause' ? texts.pauseDone : texts.resumeDone
  await click.whisper(done ? told(coupon) : texts.already(coupon))
}
