// What a user does, with a real mouse and a real keyboard. Each leaves everything as it was.

/**
 * @typedef {object} Hands
 * @property {import('playwright-core').Page} page
 * @property {import('playwright-core').Locator} host The panel's element, or the plain list's.
 * @property {import('playwright-core').Locator} list
 *
 * @typedef {object} Action
 * @property {string} name
 * @property {boolean} plain Whether a plain list can do it too.
 * @property {(hands: Hands) => Promise<void>} [prepare] What is not measured.
 * @property {(hands: Hands) => Promise<void>} work
 */

const WORD = 'refreshing 503'
/** px of a wheel's notch, and of a long swipe. */
const [NOTCH, SWIPE] = [100, 4_000]
/** ms for the way from the top to the bottom. */
const PATIENCE = 15_000
/** ms between two keys of somebody who types fast. */
const TYPING = 40

/** @type {readonly Action[]} */
export const ACTIONS = [
  {
    name: 'open it',
    plain: true,
    async work({ host, list }) {
      await host.locator('.trigger').click()
      await list.locator('.row').first().waitFor()
    },
  },
  {
    name: 'scroll by wheel, top to bottom',
    plain: true,
    prepare: (hands) => scrollTo(hands, 0),
    async work({ page, list }) {
      await list.hover()
      for (let count = 0; count < 30; count += 1) await page.mouse.wheel(0, NOTCH)
      // A plain list gets there late, or never when rows keep coming.
      const until = performance.now() + PATIENCE
      while (performance.now() < until && !(await isAtEnd(list))) await page.mouse.wheel(0, SWIPE)
    },
  },
  {
    name: 'scroll by keys',
    plain: true,
    async prepare(hands) {
      await scrollTo(hands, 0)
      await focusList(hands)
    },
    async work({ page }) {
      await press(page, 'End', 1)
      await press(page, 'PageUp', 20)
      await press(page, 'ArrowUp', 20)
      await press(page, 'Home', 1)
      await press(page, 'PageDown', 20)
      await press(page, 'End', 1)
    },
  },
  {
    name: 'search, letter by letter',
    plain: true,
    prepare: ({ host }) => host.locator('.search').focus(),
    async work({ page }) {
      await page.keyboard.type(WORD, { delay: TYPING })
      await drawn(page)
      for (let letter = 0; letter < WORD.length; letter += 1) {
        await page.keyboard.press('Backspace')
        await drawn(page)
      }
    },
  },
  {
    name: 'change filters',
    plain: true,
    async work({ page, host }) {
      const choose = async (/** @type {string} */ name, /** @type {string} */ value) => {
        await host.locator(`select[aria-label=${name}]`).selectOption(value)
        await drawn(page)
      }
      for (const store of ['store-1', 'store-2', 'store-3', '']) await choose('store', store)
      for (const type of ['state', 'attempt-failed', 'room', '']) await choose('type', type)
      for (const outcome of ['success', 'failure', 'neutral', '']) await choose('outcome', outcome)
    },
  },
  {
    name: 'scrub the timeline',
    plain: false,
    async work({ page, host }) {
      const box = await boxOf(host.locator('.ruler'))
      const y = box.y + box.height / 2
      await page.mouse.move(box.x + box.width * 0.8, y)
      await page.mouse.down()
      await page.mouse.move(box.x + box.width * 0.05, y, { steps: 60 })
      await page.mouse.move(box.x + box.width * 0.5, y, { steps: 30 })
      await page.mouse.up()
      await host.locator('.scrubber').focus()
      await press(page, 'ArrowLeft', 20)
      await press(page, 'PageUp', 20)
      await press(page, 'Home', 1)
      await press(page, 'End', 1)
    },
  },
  {
    name: 'zoom and pan the timeline',
    plain: false,
    async work({ page, host }) {
      const plot = host.locator('.plot')
      const box = await boxOf(plot)
      const [x, y] = [box.x + box.width / 2, box.y + 100]
      await page.mouse.move(x, y)
      await page.keyboard.down('Control')
      for (const by of [-100, 100]) for (let count = 0; count < 15; count += 1) await page.mouse.wheel(0, by)
      await page.keyboard.up('Control')
      await plot.focus()
      await press(page, '+', 8)
      await press(page, 'ArrowLeft', 20)
      await page.mouse.move(x, y)
      await page.mouse.down()
      await page.mouse.move(x + 300, y, { steps: 40 })
      await page.mouse.up()
      await press(page, '-', 8)
      await press(page, '0', 1)
    },
  },
]

/** Every frame that is asked for has been drawn. */
export const drawn = (/** @type {import('playwright-core').Page} */ page) =>
  page.evaluate(() => window.bench.drawn())

async function press(
  /** @type {import('playwright-core').Page} */ page,
  /** @type {string} */ key,
  /** @type {number} */ times,
) {
  for (let count = 0; count < times; count += 1) {
    await page.keyboard.press(key)
    await drawn(page)
  }
}

async function scrollTo(/** @type {Hands} */ { page, list }, /** @type {number} */ top) {
  await list.evaluate((element, place) => element.scrollTo({ top: place }), top)
  await drawn(page)
}

const isAtEnd = (/** @type {import('playwright-core').Locator} */ list) =>
  list.evaluate(({ scrollTop, clientHeight, scrollHeight }) => scrollTop + clientHeight >= scrollHeight - 2)

/** The panel's list gives its focus to a row. */
async function focusList(/** @type {Hands} */ { list }) {
  const row = list.locator('.row[tabindex="0"]')
  await ((await row.count()) > 0 ? row : list).focus()
}

async function boxOf(/** @type {import('playwright-core').Locator} */ locator) {
  const box = await locator.boundingBox()
  if (!box) throw new Error(`${locator} is not in sight.`)
  return box
}
