import { columnsOf, type View } from './view.js';

const RUN = ['run', 'VARCHAR', 'id of the run'] as const;
const STEP = ['step', 'INTEGER', 'optimizer steps taken; 0 is the initialised network'] as const;
const EPOCH = ['epoch', 'DOUBLE', 'epochs completed, fractional inside an epoch'] as const;
const TIME = ['time', 'TIMESTAMP', 'when it was recorded, UTC'] as const;

/** What the logs tell of training. */
export const trainingViews: readonly View[] = [
  {
    name: 'steps',
    meaning: 'One row an optimizer step.',
    columns: columnsOf(
      RUN,
      STEP,
      EPOCH,
      TIME,
      ['loss', 'DOUBLE', 'mean over the batch, before the step'],
      ['accuracy', 'DOUBLE', 'share of the batch that was classified rightly'],
      ['images', 'INTEGER', 'size of the batch'],
      ['learning_rate', 'DOUBLE', 'of this step'],
      ['seconds', 'DOUBLE', 'wall time of the step'],
    ),
    select: `
      SELECT run, step::INTEGER, number_of(epoch), time_of(time), number_of(loss), correct::DOUBLE / size::DOUBLE,
        size::INTEGER, number_of(learningRate), number_of(seconds)
      FROM record.log WHERE type = 'step.completed'`,
  },
  {
    name: 'epochs',
    meaning: 'One row a completed epoch.',
    columns: columnsOf(
      RUN,
      ['epoch', 'DOUBLE', 'epochs completed'],
      STEP,
      TIME,
      ['train_loss', 'DOUBLE', "mean over the epoch's batches, weighted by their size"],
      ['train_accuracy', 'DOUBLE', 'likewise'],
      ['seconds', 'DOUBLE', 'wall time of the epoch'],
    ),
    select: `
      SELECT run, number_of(epoch), step::INTEGER, time_of(time), number_of(trainLoss), number_of(trainAccuracy),
        number_of(seconds)
      FROM record.log WHERE type = 'epoch.completed'`,
  },
  {
    name: 'evaluations',
    meaning: 'One row an evaluation, in evaluation mode.',
    columns: columnsOf(
      RUN,
      ['split', 'VARCHAR', '`test` or `probe`'],
      STEP,
      EPOCH,
      TIME,
      ['loss', 'DOUBLE', 'mean over the images'],
      ['accuracy', 'DOUBLE', 'share of the images that were classified rightly'],
      ['images', 'INTEGER', 'images of the split'],
    ),
    select: `
      SELECT run, split, step::INTEGER, number_of(epoch), time_of(time), number_of(loss), number_of(accuracy),
        images::INTEGER
      FROM record.log WHERE type = 'evaluation.completed'`,
  },
  {
    name: 'events',
    meaning: "One row a line of the logs, simulations' results included: whatever the other views leave out.",
    columns: columnsOf(
      RUN,
      ['seq', 'BIGINT', 'place in the log of the run'],
      TIME,
      ['type', 'VARCHAR', 'e.g. `run.finished`'],
      ['event', 'VARCHAR', 'the line, JSON; numbers that JSON lacks are written `"$number:NaN"`'],
    ),
    select: `
      SELECT run, (event->>'$.seq')::BIGINT, time_of(event->>'$.time'), event->>'$.type', event::VARCHAR
      FROM record.lines`,
  },
];
