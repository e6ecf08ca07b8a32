/* What this reader asked and read in this tab, so that a person needn't ask again. Nothing leaves the browser until
 * the reader follows a link to a person; then it stands in that link, where they can see it.
 */
const KEY = "tried"
const KEPT = 6

interface Tried {
  question: string
  articles: number[]
  steps: Record<string, number>
}

export function tried(): Tried {
  try {
    return { question: "", articles: [], steps: {}, ...JSON.parse(sessionStorage.getItem(KEY) ?? "{}") }
  } catch {
    return { question: "", articles: [], steps: {} }
  }
}

function keep(change: Partial<Tried>) {
  sessionStorage.setItem(KEY, JSON.stringify({ ...tried(), ...change }))
}

export function asked(question: string) {
  if (question.trim()) keep({ question: question.trim().slice(0, 300) })
}

export function read(article: number) {
  keep({ articles: [article, ...tried().articles.filter((known) => known !== article)].slice(0, KEPT) })
}

export function reachedStep(article: number, step: number) {
  keep({ steps: { ...tried().steps, [article]: step } })
}

/* The address with question, tried and step added, where the page itself did not already say them. */
export function carrying(address: string): string {
  const url = new URL(address, location.href)
  const { question, articles, steps } = tried()
  if (question && !url.searchParams.has("question")) url.searchParams.set("question", question)
  if (articles.length && !url.searchParams.has("tried")) url.searchParams.set("tried", articles.join(","))
  const article = url.searchParams.get("article")
  if (article && steps[article] && !url.searchParams.has("step")) url.searchParams.set("step", String(steps[article]))
  return url.pathname + url.search + url.hash
}
