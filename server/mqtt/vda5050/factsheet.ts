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
        ...{ 'actions.actionsParameters': 4, instantActions: 10 },
      },
      timing: { minOrderInterval: 0.1, minStateInterval: 0.1, defaultStateInterval: 30, visualizationInterval: 1 },
    },
    protocolFeatures: {
      optionalParameters: [],
      agvActions: [
        action('pick', 'Takes up castings, cores or cartons', ['NODE'], ['loadType']),
        action('drop', 'Sets down what it carries', ['NODE']),
        action('startCharging', 'Charges at its dock', ['NODE']),
        action('stopCharging', 'Ends charging', ['NODE']),
        action('startPause', 'Stops where it is', ['INSTANT']),
        action('stopPause', 'Goes on', ['INSTANT']),
        action('cancelOrder', 'Ends its order at the next node', ['INSTANT']),
        action('stateRequest', 'Sends its state at once', ['INSTANT']),
        action('factsheetRequest', 'Sends this factsheet at once', ['INSTANT']),
      ],
    },
    agvGeometry: {},
    loadSpecification: {
      loadSets: ['castings', 'cores', 'cartons'].map((loadType) => ({ setName: loadType, loadType })),
    },
  };
}

function action(actionType: string, actionDescription: string, actionScopes: string[], keys: readonly string[] = []) {
  const actionParameters = keys.map((key) => ({ key, valueDataType: 'STRING', isOptional: true }));
  return { actionType, actionDescription, actionScopes, ...(keys.length > 0 && { actionParameters }) };
}
