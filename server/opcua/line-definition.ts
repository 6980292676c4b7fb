import { type PublicModel, publicModel } from '#server/cells/public-view.ts';
import type { Model } from '#simulator/cell/model.ts';

/** URI of all nodes of the line. Its namespace index is always 2: 0 is OPC UA itself, 1 the server. */
export const LINE_NAMESPACE_URI = 'urn:verkstad:line';
export const LINE_NAMESPACE_INDEX = 2;

/** A model, and what its participants may know of it. */
export interface LineDefinition extends Pick<PublicModel, 'title' | 'topicPrefix' | 'stations'> {
  readonly model: Model;
}

export const lineDefinition = (model: Model): LineDefinition => ({ ...publicModel(model), model });
