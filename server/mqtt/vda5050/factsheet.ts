/**
 * What a vehicle is and can do: the content of its factsheet (VDA 5050 2.1.0, 6.15), without the header. The figures are
 * those of the simulated vehicles; lengths in m, speeds in m/s, masses in kg, times in s.
 */
export function factsheetContent(serial: string): Readonly<Record<string, unknown>> {
  return {
    typeSpecification: {
      seriesName: 'Nordpump tow carrier',
      seriesDescription: `${serial}: a differential drive that follows a lane round the hall one way`,
      agvKinematic: 'DIFF',
      agvClass: 'CARRIER',
      maxLoadMass: 200,
      localizationTypes: ['NATURAL'],
      navigationTypes: ['VIRTUAL_LINE_GUIDED'],
    },
    physicalParameters: {
      ...{ speedMin: 0.4, speedMax: 0.8, accelerationMax: 0.5, decelerationMax: 0.8 },
      ...{ heightMin: 0.35, heightMax: 1.1, width: 0.6, length: 0.9 },
    },
    protocolLimits: {
      maxStringLens: { msgLen: 65_536, topicSerialLen: 36, topicElemLen: 36, idLen: 36, idNumericalOnly: false },
      maxArrayLens: {
        ...{ 'order.nodes': 12, 'order.edges': 11, 'node.actions': 4, 'edge.actions': 0 },
        ...{ 'actions.actionsParameters': 2, instantActions: 10 },
        ...{ 'state.nodeStates': 12, 'state.edgeStates': 11, 'state.loads': 1, 'error.errorReferences': 8 },
      },
      timing: { minOrderInterval: 0.1, minStateInterval: 0.1, defaultStateInterval: 30, visualizationInterval: 1 },
    },
    protocolFeatures: {
      optionalParameters: [
        supported('order.nodes.nodePosition', 'Must be where the map has the node, within its allowed deviation'),
        supported('order.edges.maxSpeed', 'From 0.8 m/s, which it never exceeds'),
        supported('order.edges.maxHeight', 'From 1.1 m, which it never exceeds'),
        supported('order.edges.rotationAllowed', 'True only: it turns as the lane does'),
        supported('order.edges.length', 'It knows the lane by itself'),
      ],
      agvActions: [
        atNode('pick', 'Takes up castings, cores or cartons', LOAD_PARAMETERS),
        atNode('drop', 'Sets down what it carries', LOAD_PARAMETERS),
        atNode('startCharging', 'Charges at its dock'),
        atNode('stopCharging', 'Ends charging'),
        atOnce('startPause', 'Stops where it is'),
        atOnce('stopPause', 'Goes on'),
        atOnce('cancelOrder', 'Ends its order at the next node'),
        atOnce('stateRequest', 'Sends its state at once'),
        atOnce('factsheetRequest', 'Sends this factsheet at once'),
      ],
    },
    agvGeometry: {},
    loadSpecification: {
      loadSets: ['castings', 'cores', 'cartons'].map((loadType) => ({ setName: loadType, loadType })),
    },
  };
}

const LOAD_PARAMETERS = [
  { key: 'loadType', valueDataType: 'STRING', description: 'castings, cores or cartons', isOptional: true },
  { key: 'stationType', valueDataType: 'STRING', description: 'It knows by the node', isOptional: true },
];

const supported = (parameter: string, description: string) => ({ parameter, support: 'SUPPORTED', description });

/** It stands while it acts, and does one thing at a time; the JSON schema of 2.1.0 lets no list of `blockingTypes` pass. */
const atNode = (actionType: string, actionDescription: string, actionParameters?: object[]) => ({
  ...{ actionType, actionDescription, actionScopes: ['NODE'] },
  ...(actionParameters && { actionParameters }),
});

const atOnce = (actionType: string, actionDescription: string) => ({
  ...{ actionType, actionDescription, actionScopes: ['INSTANT'] },
});
