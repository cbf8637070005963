/** @jsxImportSource preact */
import { render } from 'preact'
import { systemClock } from '../clock'
import { createPage } from './page'
import { App } from './views/app'

const root = document.getElementById('app')
if (root) render(<App page={createPage(window, systemClock)} />, root)
