/** A question that people ask of runs, as SQL over the views. */
export interface QueryExample {
  readonly question: string;
  readonly sql: string;
}

export const EXAMPLES: readonly QueryExample[] = [
  {
    question: 'What share of each layer has never fired at the end, by initializer?',
    sql: `SELECT initializer, depth, site, avg(value) AS dead_share
FROM unit_readings JOIN runs USING (run)
WHERE probe = 'dead-units' AND measure = 'neverFired' AND epoch = epochs
GROUP BY ALL ORDER BY ALL`,
  },
  {
    question: "At which epoch does a layer's mean Pr[y>0] first fall below 0.5?",
    sql: `SELECT run, depth, site, min(epoch) AS first_epoch
FROM layer_readings
WHERE probe = 'activation-probability' AND series = 'probe-split' AND measure = 'mean' AND value < 0.5
GROUP BY ALL ORDER BY run, depth`,
  },
  {
    question: "Does Pr[y>0] fall with depth? Spearman's rank correlation over the layers, at the last measurement.",
    sql: `WITH means AS (
  SELECT run, depth, value FROM layer_readings
  WHERE probe = 'activation-probability' AND series = 'probe-split' AND measure = 'mean'
  QUALIFY step = max(step) OVER (PARTITION BY run)
), ranks AS (
  SELECT run, rank() OVER (PARTITION BY run ORDER BY depth) AS depth_rank,
    rank() OVER w + (count(*) OVER (PARTITION BY run, value) - 1) / 2 AS value_rank
  FROM means WINDOW w AS (PARTITION BY run ORDER BY value)
)
SELECT run, count(*) AS layers, corr(depth_rank, value_rank) AS spearman FROM ranks GROUP BY run ORDER BY run`,
  },
  {
    question: 'Which units died and were never revived?',
    sql: `SELECT run, site, unit, max(epoch) FILTER (transition <> 'revived') AS dead_since
FROM transitions GROUP BY ALL
HAVING max_by(transition, step) <> 'revived' ORDER BY run, site, unit`,
  },
  {
    question: 'How well did each run do on the test split, and how long did it take?',
    sql: `SELECT name, status, max_by(accuracy, step) AS test_accuracy,
  (SELECT sum(seconds) FROM epochs WHERE epochs.run = runs.run) AS seconds
FROM runs JOIN evaluations USING (run)
WHERE split = 'test' GROUP BY ALL ORDER BY test_accuracy DESC`,
  },
];
