import type { ChartModel } from './counts'

/** The ways that were taken, as text that Mermaid draws: for an issue or a document. */
export const mermaidOf = ({ ways }: ChartModel): string =>
  ['stateDiagram-v2', ...[...ways].map(([way, count]) => `  ${way.replace(' ', ' --> ')}: ${count}×`)].join(
    '\n',
  )
