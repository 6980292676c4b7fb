import { SECOND } from '#simulator/kernel/time.ts';
import type { Plant } from '#simulator/plant/plant.ts';
import { ARTICLES } from '#simulator/plant/store/articles.ts';
import { type CastingLink, lotOf, RECOVERED } from '#simulator/plant/store/lots.ts';
import { digitalLink, elementString, gradeOf, gtinOf, markText, serialText } from './product-mark.ts';
import { variantAt } from './variants.ts';

/** What the passport of the last pump is made from. */
interface Issuer {
  readonly serial: number;
  readonly markedVariant: number;
  readonly markedUs: number;
  readonly boreUm: number;
  readonly contrast: number;
  readonly wasReworked: number;
  readonly castingLot: number;
  readonly casting: CastingLink;
  readonly plant: Plant;
}

/** Combined Nomenclature: cooling medium pumps for internal combustion piston engines. */
const COMMODITY_CODE = '8413 30 80';
/** The casting alloy EN AC-46000 holds up to 0.29 % of lead by its standard, a substance of very high concern (REACH). */
const LEAD = { substance: 'lead', casNumber: '7439-92-1', location: 'housing', highestShare: 0.0029 };
const SPARE_PARTS = ['shaft seal', 'bearing', 'lid screws'];

/**
 * Digital product passport of a pump, by Regulation (EU) 2024/1781 (ESPR): identifiers and operators as in annex III,
 * information requirements as in article 7(2) and annex I. Masses in kg, shares from 0 to 1, energy in kWh, plant time in
 * seconds since the start of the line. The manufacturing energy is the mean of all pumps that the line had finished when
 * the passport was asked for: meters know stations and not pumps.
 */
export function passportOf(issuer: Issuer, t: number): Record<string, unknown> {
  const { serial, markedVariant, castingLot, casting } = issuer;
  const { name, text, materials, massKg, hasPrintedCover } = variantAt(markedVariant);
  return {
    passport: { version: '1.0', status: 'valid', issuedAtS: issuer.markedUs / SECOND, language: ['sv', 'en'] },
    identification: {
      uniqueProductIdentifier: digitalLink(markedVariant, serial),
      gtin: gtinOf(markedVariant),
      serialNumber: serialText(serial),
      mark: markText(markedVariant, serial),
      dataCarrier: { type: 'Data Matrix ECC 200 (ISO/IEC 16022)', content: elementString(markedVariant, serial, true) },
      model: name,
      description: text,
      commodityCode: COMMODITY_CODE,
    },
    economicOperators: {
      manufacturer: { name: 'Nordpump AB', country: 'SE', uniqueOperatorIdentifier: 'urn:nordpump' },
      facility: {
        name: 'Halmstad, pump line 1',
        country: 'SE',
        uniqueFacilityIdentifier: 'urn:nordpump:halmstad:pumps:line1',
      },
    },
    materials: materials.map((each) => ({
      ...{ material: each.name, description: each.text, massKg: each.massKg, recycledContentShare: each.recycledShare },
    })),
    massKg: rounded(massKg),
    recycledContentShare: rounded(materials.reduce((sum, each) => sum + each.massKg * each.recycledShare, 0) / massKg),
    substancesOfConcern: [LEAD],
    manufacturing: {
      energyKwh: rounded(energyPerPumpKwh(issuer.plant, t)),
      energyMethod: 'mean of all finished pumps since the start of the line',
      supplierLots: [
        { component: 'housing', lot: castingLot, supplier: casting.lots?.supplierOf(castingLot) ?? 'unknown' },
        { component: 'bearing', lot: lotOf(serial, ARTICLES.bearings.perLot) },
        { component: 'shaft seal', lot: lotOf(serial, ARTICLES.seals.perLot) },
      ],
      reworked: issuer.wasReworked !== 0,
    },
    testResults: {
      boreDeviationUm: rounded(issuer.boreUm),
      leakTest: 'passed',
      visionInspection: 'passed',
      codeGrade: rounded(gradeOf(issuer.contrast)),
      codeGradeMethod: 'ISO/IEC 29158, cell contrast',
    },
    circularity: {
      remanufacturable: true,
      recoveredParts: castingLot === RECOVERED ? ['housing'] : [],
      disassembly: 'four screws; the bearing is pressed out',
      spareParts: hasPrintedCover ? [...SPARE_PARTS, 'printed cover'] : SPARE_PARTS,
      sparePartsAvailableYears: 10,
      takeBack: 'returned to Halmstad for remanufacturing',
    },
  };
}

function energyPerPumpKwh({ stations, parts }: Plant, t: number): number {
  let energyKwh = 0;
  for (const { meter } of stations.values()) energyKwh += meter?.energyKwh(t) ?? 0;
  return energyKwh / Math.max(1, parts.finished);
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;
