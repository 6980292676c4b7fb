import { Model } from '#simulator/cell/model.ts';

/** A line with a station, a topic and a place of which nothing is in the pump line. */
export const foreignLine = new Model({
  id: 'other',
  topicPrefix: 'other/site/area/line9',
  parts: 10,
  stations: {
    Source: { type: 'source', to: 'ST77' },
    ST77: { type: 'machine', time: 10, to: 'Out' },
    Out: { type: 'sink' },
  },
});
