/* What this reader asked and read in this tab, so that a person needn't ask again. The question is the last one asked on
 * the way: it is forgotten after half an hour, where it was solved, and where a search begins anew (ui/search.html). Nothing leaves the browser until
 * the reader follows a link to a person; then it stands in that link, where they can see it. Only the key of a question
 * that was sent goes back with the count of the article it led to.
 */
const KEY = "tried"
const KEPT = 6
const ON_ITS_WAY_MS = 1_800_000

// On this page itself: newer than what its links say.
let isAskedHere = false

interface Tried {
  question: string
  at: number
  // The key under which the question was kept, and the article that its results were left for.
  ask: string
  opened: number
  articles: number[]
  steps: Record<string, number>
}

export function tried(): Tried {
  const none = { question: "", at: 0, ask: "", opened: 0, articles: [], steps: {} }
  try {
    const kept: Tried = { ...none, ...JSON.parse(sessionStorage.getItem(KEY) ?? "{}") }
    return Date.now() - kept.at < ON_ITS_WAY_MS ? kept : { ...kept, question: "", ask: "", opened: 0 }
  } catch {
    return none
  }
}

function keep(change: Partial<Tried>) {
  sessionStorage.setItem(KEY, JSON.stringify({ ...tried(), ...change }))
}

export function asked(question: string) {
  if (!question.trim()) return
  isAskedHere = true
  keep({ question: question.trim().slice(0, 300), at: Date.now(), ask: "" })
}

/* It was solved, or something else begins. */
export function asksNothing() {
  keep({ question: "", at: 0, ask: "", opened: 0 })
}

/* The results of a question that was kept stand here. */
export function answered(question: string, ask: string) {
  keep({ question: question.slice(0, 300), at: Date.now(), ask, opened: 0 })
}

export function opened(article: number) {
  keep({ opened: article })
}

/* The question whose results led to this article, once; "" for none. */
export function cameFrom(article: number): string {
  const { ask, opened } = tried()
  if (opened !== article) return ""
  keep({ opened: 0 })
  return ask
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
  const { question, ask, articles, steps } = tried()
  if (isAskedHere && question !== url.searchParams.get("question")) url.searchParams.delete("ask")
  if (question && (isAskedHere || !url.searchParams.has("question"))) url.searchParams.set("question", question)
  // The key belongs to this very question; another one that the page brought has its own or none.
  if (ask && url.searchParams.get("question") === question && !url.searchParams.has("ask")) url.searchParams.set("ask", ask)
  if (articles.length && !url.searchParams.has("tried")) url.searchParams.set("tried", articles.join(","))
  const article = url.searchParams.get("article")
  if (article && steps[article] && !url.searchParams.has("step")) url.searchParams.set("step", String(steps[article]))
  return url.pathname + url.search + url.hash
}
