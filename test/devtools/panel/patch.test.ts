// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type Child, h } from '../../../devtools/src/panel/dom/h'
import { patch } from '../../../devtools/src/panel/dom/patch'

let root: HTMLElement
const show = (...children: Child[]) => patch(root, h('div', null, ...children).children)
const list = (...keys: string[]) => keys.map((key) => h('li', { key }, key))

beforeEach(() => {
  root = document.createElement('div')
})

describe('What is shown', () => {
  it('is elements, attributes and text, and never markup', () => {
    show(h('p', { class: 'a', hidden: true, title: null }, 'x', 1, h('b', null, '<i>')), false, null)
    expect(root.innerHTML).toBe('<p class="a" hidden="">x1<b>&lt;i&gt;</b></p>')
  })

  it('writes false out for what is told to assistive technology', () => {
    show(h('p', { 'aria-selected': false, 'aria-current': null, disabled: false }))
    expect(root.innerHTML).toBe('<p aria-selected="false"></p>')
  })

  it('is SVG inside of svg, and its names keep their case', () => {
    show(h('svg', { viewBox: '0 0 1 1' }, h('path', { d: 'M0 0' })), h('p'))
    expect(root.firstElementChild?.getAttribute('viewBox')).toBe('0 0 1 1')
    expect(root.querySelector('path')?.namespaceURI).toBe('http://www.w3.org/2000/svg')
    expect(root.lastElementChild?.namespaceURI).toBe('http://www.w3.org/1999/xhtml')
  })

  it('keeps the nodes that are the same, and changes what differs', () => {
    show(h('p', { class: 'a', title: 't' }, 'x'))
    const [element, text] = [root.firstElementChild, root.firstElementChild?.firstChild]
    show(h('p', { class: 'b' }, 'y'))
    expect(root.innerHTML).toBe('<p class="b">y</p>')
    expect([root.firstElementChild, root.firstElementChild?.firstChild]).toEqual([element, text])
  })

  it('makes another element of another tag', () => {
    show(h('p', null, 'x'))
    show(h('b', null, 'x'))
    expect(root.innerHTML).toBe('<b>x</b>')
  })

  it('keeps what follows a hole where it was', () => {
    show(null, h('p', null, 'x'))
    const kept = root.firstElementChild
    show(h('p', null, 'new'), h('p', null, 'x'))
    expect(root.innerHTML).toBe('<p>new</p><p>x</p>')
    expect(root.lastElementChild).toBe(kept)
  })

  it.each([
    ['scrolled down', ['b', 'c', 'd', 'e']],
    ['scrolled up', ['0', 'a', 'b']],
    ['turned round', ['d', 'c', 'b', 'a']],
    ['other ones', ['x', 'y']],
    ['none', []],
  ])('keeps keyed elements and their order (%s)', (_name, keys) => {
    show(list('a', 'b', 'c', 'd'))
    const before = new Map([...root.children].map((element) => [element.textContent, element]))
    show(list(...keys))
    expect([...root.children].map(({ textContent }) => textContent)).toEqual(keys)
    for (const element of root.children)
      if (before.has(element.textContent)) expect(before.get(element.textContent)).toBe(element)
  })

  it('leaves nothing behind of elements with the same key', () => {
    for (let count = 0; count < 3; count += 1) show(list('a', 'a', 'b'))
    expect(root.textContent).toBe('aab')
    show(list('b'))
    expect(root.textContent).toBe('b')
  })

  it('takes nothing out that stays, so that the focus is not lost', () => {
    document.body.append(root)
    show(list('a', 'b', 'c').map((item) => h('li', { key: item.props.key as string, tabindex: 0 })))
    const focused = root.children[1] as HTMLElement
    focused.focus()
    show(['b', 'c', 'd'].map((key) => h('li', { key, tabindex: 0 })))
    expect(document.activeElement).toBe(focused)
    root.remove()
  })
})

describe('What is listened to', () => {
  it('calls the handler of the last render, once', () => {
    const [first, second] = [vi.fn(), vi.fn()]
    show(h('button', { onclick: first }))
    show(h('button', { onclick: second }))
    root.querySelector('button')?.click()
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1])
    show(h('button'))
    root.querySelector('button')?.click()
    expect(second).toHaveBeenCalledTimes(1)
  })

  it('holds a field to its value, and a select to its option', () => {
    const options = ['a', 'b'].map((value) => h('option', { key: value, value }, value))
    show(h('input', { value: 'x' }), h('select', { value: 'b' }, options))
    const input = root.querySelector('input')!
    expect([input.value, root.querySelector('select')?.value]).toEqual(['x', 'b'])
    input.value = 'typed'
    show(h('input', { value: 'x' }), h('select', { value: 'a' }, options))
    expect([input.value, root.querySelector('select')?.value]).toEqual(['x', 'a'])
  })
})
