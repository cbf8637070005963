export { fromEndpoint } from './from-endpoint'
export { fromTokenSource } from './from-token-source'
export { toTokenSource } from './to-token-source'
