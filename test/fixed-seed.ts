import fc from 'fast-check';

/*
Properties try the same cases in every run, so that a red run means a change and not a throw
of dice. To look for new ones: DEEPDIFF_PROPERTY_SEED=random npm test.
*/

const wanted = process.env['DEEPDIFF_PROPERTY_SEED'];

if (wanted !== 'random') fc.configureGlobal({seed: Number(wanted ?? 20_261_123)});
