/** The standard's symbol, or what stands in for it where the engine has none; nothing global is touched. */
export const disposeSymbol: typeof Symbol.dispose =
  (Symbol as { readonly dispose?: typeof Symbol.dispose }).dispose ??
  (Symbol.for('Symbol.dispose') as typeof Symbol.dispose)
