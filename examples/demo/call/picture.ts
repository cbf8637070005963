import type { Person } from '../person'

const SIZE = { width: 640, height: 360 }
/** A timer and not `requestAnimationFrame`, which rests in a tab that is not looked at: the others do look. */
const FRAMES_A_SECOND = 15
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })

export interface Picture {
  readonly track: MediaStreamTrack
  stop(): void
}

/** A picture to send for who has no camera: their name before slow northern lights, which stand still if asked to. */
export function drawPicture(person: Person): Picture {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, SIZE)
  const paint = canvas.getContext('2d', { alpha: false })
  const [track] = canvas.captureStream(FRAMES_A_SECOND).getVideoTracks()
  if (!paint || !track) throw new Error('this browser draws no picture')
  const stillness = matchMedia('(prefers-reduced-motion: reduce)')
  const frame = () => draw(paint, person, stillness.matches ? 0 : performance.now() / 1000)
  frame()
  const timer = setInterval(frame, 1000 / FRAMES_A_SECOND)
  return {
    track,
    stop() {
      clearInterval(timer)
      track.stop()
    },
  }
}

function draw(paint: CanvasRenderingContext2D, { name, hue }: Person, seconds: number): void {
  const { width, height } = SIZE
  const sky = paint.createLinearGradient(0, 0, 0, height)
  sky.addColorStop(0, `hsl(${hue + 20} 45% 11%)`)
  sky.addColorStop(1, `hsl(${hue} 55% 20%)`)
  paint.globalCompositeOperation = 'source-over'
  paint.fillStyle = sky
  paint.fillRect(0, 0, width, height)
  paint.globalCompositeOperation = 'screen'
  for (let veil = 0; veil < 4; veil += 1) drawVeil(paint, hue, veil, seconds)
  paint.globalCompositeOperation = 'source-over'
  paint.fillStyle = '#fff'
  paint.textAlign = 'center'
  paint.font = '650 76px system-ui, sans-serif'
  paint.fillText(name, width / 2, height / 2 + 18)
  paint.font = '500 24px ui-monospace, monospace'
  paint.fillStyle = 'rgb(255 255 255 / 80%)'
  paint.fillText(CLOCK.format(new Date()), width / 2, height / 2 + 62)
}

/** A curtain of light between two waves that drift apart. */
function drawVeil(paint: CanvasRenderingContext2D, hue: number, veil: number, seconds: number): void {
  const { width, height } = SIZE
  const pace = seconds * (0.22 + veil * 0.05) + veil * 1.9
  const edge = (x: number, shift: number) =>
    height * (0.36 + veil * 0.13) + Math.sin(x / 130 + pace + shift) * 46 + Math.sin(x / 61 - pace * 0.7) * 16
  const light = paint.createLinearGradient(0, height * 0.1, 0, height)
  light.addColorStop(0, `hsl(${hue + veil * 38} 85% 62% / 0%)`)
  light.addColorStop(0.55, `hsl(${hue + veil * 38} 85% 58% / 42%)`)
  light.addColorStop(1, `hsl(${hue + veil * 38} 85% 55% / 0%)`)
  paint.fillStyle = light
  paint.beginPath()
  paint.moveTo(0, edge(0, 0) - 90)
  for (let x = 0; x <= width; x += 16) paint.lineTo(x, edge(x, 0) - 90)
  for (let x = width; x >= 0; x -= 16) paint.lineTo(x, edge(x, 0.9) + 70)
  paint.closePath()
  paint.fill()
}
