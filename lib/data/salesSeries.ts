/** How long the periods of a series are. */
export type Every = "day" | "week" | "month";

/** Sales over time: one value for each day, week or month, without gaps. */
export interface SalesSeries {
  /** The first day of each period in ISO form, as in 2020-01-05: [count]. */
  dates: string[];
  /** What was sold in each period: [count]. */
  values: Float64Array;
  /** After how many periods the season comes round: 52 weeks, 12 months, 7 days. */
  period: number;
  every: Every;
  /** Mentions in social media, known after the period: [count]. */
  mentions?: Float64Array;
  /** 1 where a promotion is planned, known in advance: [count]. */
  promotions?: Float64Array;
}

/** After how many periods a season comes round: a week of days, a year of weeks or months. */
export const SEASONS: Readonly<Record<Every, number>> = { day: 7, week: 52, month: 12 };
