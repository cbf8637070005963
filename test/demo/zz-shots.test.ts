import { it } from 'vitest'
import { startDemo } from './open-demo'

it('shots', async () => {
  const demo = await startDemo()
  const light = await demo.open('', { colorScheme: 'light', viewport: { width: 1280, height: 1290 } })
  await light.page.getByRole('button', { name: 'Fetch as a Room does' }).click()
  await light.page.waitForTimeout(1500)
  await light.page.getByRole('switch', { name: 'Endpoint down' }).click()
  await light.page.locator('[data-room=stage]').getByRole('button', { name: 'Invalidate' }).click()
  await light.page.locator('[data-room=stage]').getByRole('button', { name: 'Fetch' }).click()
  await light.page.waitForTimeout(14000)
  await light.page.screenshot({ path: '/tmp/light-failed.png' })
  await light.page.getByRole('switch', { name: 'Endpoint down' }).click()
  await light.page.locator('[data-room=stage]').getByRole('button', { name: 'Fetch' }).click()
  await light.page.waitForFunction(
    () => /refreshing/.test(document.querySelector('[data-room=lobby] .badge')!.textContent!),
    null,
    { polling: 30 },
  )
  await light.page.waitForTimeout(200)
  await light.page.screenshot({ path: '/tmp/demo.png' })
  const dark = await demo.open('?ttl=6', { colorScheme: 'dark' })
  await dark.page.waitForTimeout(2500)
  await dark.page.getByRole('switch', { name: 'Endpoint slow' }).click()
  await dark.page.waitForTimeout(2600)
  await dark.page.screenshot({ path: '/tmp/dark.png' })
  await demo.close()
}, 90_000)
