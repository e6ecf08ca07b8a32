/* Times told where our people are, told where the reader is: on pages that are the same for everybody, and where the
 * server does not know the zone yet.
 *   <html data-told="Asia/Seoul">  the zone of every <time datetime="2026-11-22T06:05:00+00:00">, in its words and its title
 * A day or a time of day in them is written anew, as web/ui/filters.py writes it; what is written otherwise stays.
 * Browsers that hide where they are change nothing. Without it the times stand as they were told.
 */
import { HIDDEN, ownZone } from "./zone.ts"

type Parts = Record<string, string>

function partsIn(zone: string, moment: Date, locale: string): Parts {
  const month = locale === "ko" ? "numeric" : "short"
  const format = new Intl.DateTimeFormat(locale === "ko" ? "ko-KR" : "en-US", {
    timeZone: zone,
    year: "numeric",
    month,
    day: "numeric",
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  })
  return Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]))
}

const day = (at: Parts, locale: string): string => {
  const month = at.month!.replace("월", "")
  const date = at.day!.replace("일", "")
  return locale === "ko" ? `${at.year}. ${month}. ${date}.(${at.weekday})` : `${at.weekday} ${date} ${month} ${at.year}`
}

const hour = (at: Parts, locale: string): string => {
  const [hours, minutes] = [Number(at.hour), at.minute!.padStart(2, "0")]
  const clock = `${hours % 12 || 12}:${minutes}`
  if (locale === "ko") return `${hours < 12 ? "오전" : "오후"} ${clock}`
  return `${clock} ${hours < 12 ? "am" : "pm"}`
}

/* `words` with the day and the time of day of `moment` as they are in `own` in place of what they are in `told`. */
export function retold(words: string, moment: Date, told: string, own: string, locale: string): string {
  const [from, to] = [partsIn(told, moment, locale), partsIn(own, moment, locale)]
  return words.replace(day(from, locale), day(to, locale)).replace(hour(from, locale), hour(to, locale))
}

function tellHere(told: string, own: string, locale: string) {
  for (const time of document.querySelectorAll<HTMLTimeElement>("time[datetime*=T]")) {
    const moment = new Date(time.dateTime)
    const words = retold(time.textContent ?? "", moment, told, own, locale)
    if (words !== time.textContent) time.textContent = words
    if (time.title) time.title = retold(time.title, moment, told, own, locale)
  }
}

const { told } = document.documentElement.dataset
const own = ownZone()
if (told && own !== told && !HIDDEN.test(own)) tellHere(told, own, document.documentElement.lang)
