/* The editor's words in the reader's language. They come from the page (data-words), where the house keeps its translations. */
let known: Record<string, string> = {}

export function learnWords(json: string | undefined) {
  known = { ...known, ...(JSON.parse(json || "{}") as Record<string, string>) }
}

/* The words for a code, with {name} replaced; the code itself where the page has none. */
export function say(code: string, values: Record<string, string | number> = {}): string {
  return (known[code] ?? code).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
