import type { Catalogue } from '../catalogue.ts';

export const why: Catalogue['why'] = {
  title: 'Por qué, y por qué no',
  paired: 'Por qué estos van juntos',
  alone: (document) => `Por qué ${document} no tiene pareja`,
  byHand: ({ name, at }) => `${name} los emparejó a mano, ${at}.`,
  byKeys: ({ pass, fields }) =>
    fields === undefined ? `Sus claves son iguales (${pass}).` : `Tienen en común: ${fields} (${pass}).`,
  bySet: (pass) => `Juntos suman el importe al céntimo, y nada más lo suma (${pass}).`,
  weighed: ({ pass, likely, ahead }) =>
    `Coinciden en lo que distingue a los documentos (${pass}): probables al ${likely}, ${ahead} por delante del siguiente candidato.`,
  repeats: 'Estos documentos se repiten. El primero participa en el emparejamiento, los demás quedan fuera.',
  noCandidates: 'Nada del otro lado se le acerca.',
  unweighed: 'Ninguna regla de esta conciliación pondera documentos sin clave común.',
  nearby: 'Los más cercanos entre los que no tienen pareja, para que juzgue una persona:',
  nobodyNear: 'Nada cercano del otro lado está sin pareja.',
  bits: 'Un bit más duplica la probabilidad de que dos documentos vayan juntos; un menos habla en contra.',
  bit: (text, value) => `${text} ${value === 1 ? 'bit' : 'bits'}`,
  prior: 'antes de comparar nada',
  together: 'en total',
  over: (share) => `más del ${share}`,
  under: (share) => `menos del ${share}`,
  likely: (share) => `probable al ${share}`,
  levels: {
    'no value': 'ningún valor',
    'same value': 'mismo valor',
    'another value': 'otro valor',
    'no day': 'ninguna fecha',
    'same day': 'mismo día',
    'one day later': 'un día después',
    'up to 2 days later': 'hasta 2 días después',
    'up to 3 days later': 'hasta 3 días después',
    'up to 4 days later': 'hasta 4 días después',
    'up to 7 days later': 'hasta 7 días después',
    'up to 10 days later': 'hasta 10 días después',
    'up to 30 days later': 'hasta 30 días después',
    'earlier, or more than 30 days later': 'antes, o más de 30 días después',
    'no amount': 'ningún importe',
    'same amount': 'mismo importe',
    'amounts within 0.01 %': 'importes a menos de 0,01 %',
    'amounts within 1 %': 'importes a menos de 1 %',
    'amounts within 2 %': 'importes a menos de 2 %',
    'amounts within 3 %': 'importes a menos de 3 %',
    'amounts within 5 %': 'importes a menos de 5 %',
    'amounts within 10 %': 'importes a menos de 10 %',
    'amounts within 30 %': 'importes a menos de 30 %',
    'amounts far apart': 'importes muy distintos',
    'no reference': 'ninguna referencia',
    'same reference': 'misma referencia',
    'one reference stands in the other text': 'una referencia está en el otro texto',
    'same digits': 'mismas cifras',
    'reference one slip apart': 'referencia con una errata de diferencia',
    'different reference': 'otra referencia',
    'no text': 'ningún texto',
    'same text': 'mismo texto',
    'same short text': 'mismo texto corto',
    'one is the other cut off': 'uno es el otro, cortado',
    'one is the other cut off short': 'uno es el otro, muy cortado',
    'same words in another order': 'mismas palabras, colocadas de otra forma',
    'same first 9 letters': 'mismas 9 primeras letras',
    'same first 6 letters': 'mismas 6 primeras letras',
    'one or two letters apart': 'a una o dos letras de diferencia',
    'half of the words are the same': 'la mitad de las palabras son iguales',
    'same first 3 letters': 'mismas 3 primeras letras',
    'different text': 'otro texto',
  },
  not: {
    suggested: ({ short }) =>
      `Probable, pero no lo bastante seguro para una máquina: ${short}. Una persona puede confirmarlo.`,
    unlikely: ({ is, needed }) => `probable al ${is} donde hace falta ${needed}`,
    close: ({ is, needed }) => `${is} por delante del siguiente candidato donde hacen falta ${needed}`,
    nameless: 'no coincide ningún nombre ni referencia',
    and: ', y ',
    ambiguous: ({ likely }) =>
      `Otro candidato es igual de bueno (este es probable al ${likely}), así que no se adivinó nada. Una referencia en uno de los documentos decidiría.`,
    competition: 'Va mejor con otro documento. Haría falta que aquel emparejamiento fuera erróneo.',
    below: ({ likely, weight, against }) =>
      `No lo bastante probable: ${likely} (${weight}).${against === undefined ? '' : ` Lo que más habla en contra: ${against}.`}`,
    wouldPair: (limits) => `Se emparejaría si ${limits}.`,
    wouldBeProposed: (limits) => `Se propondría a una persona si ${limits}.`,
    amountLimit: ({ allowed, is }) => `los importes difirieran en ${allowed} como mucho; difieren en ${is}`,
    currencyLimit: ({ expected, actual }) =>
      `ambos estuvieran en una misma moneda; están en ${expected} y en ${actual}`,
    daysLimit: ({ from, to, is }) =>
      `su fecha fuera de ${from} a ${to} días después del documento esperado; son ${is} días`,
    withinLimit: ({ field, expected, actual }) => `${field} fuera igual; es «${expected}» y «${actual}»`,
    limits: 'estuviera dentro de los límites de las reglas',
  },
  keys: {
    empty_key: ({ fields }) => `No tiene ${fields}. Con ello se podría encontrar.`,
    nobody: ({ fields }) =>
      `Nada del otro lado tiene el mismo ${fields}. Hace falta un documento que lo tenga, o corregir este.`,
    other_currency: ({ ref, own, other }) =>
      `${ref} coincide en todo menos en la moneda: ${own} aquí, ${other} allí.`,
    other_amount: ({ ref, amount }) => `${ref} coincide en todo menos en el importe, que allí es ${amount}.`,
    removed: ({ ref }) => `${ref} tiene su clave, pero su fuente lo retiró.`,
    left_out: ({ ref }) => `${ref} tiene su clave, pero las reglas lo dejan fuera.`,
    kept_apart: ({ ref }) => `${ref} tiene su clave, pero una persona mantiene separados a los dos.`,
    later: ({ ref, on }) =>
      `${ref} tiene su clave, pero es del ${on}: después de lo que miró la última ejecución.`,
    taken: ({ ref, with: others }) =>
      `${ref} tiene su clave, pero está emparejado con ${others}. Haría falta que ese emparejamiento fuera erróneo.`,
    too_far: ({ ref, days, from, to }) =>
      `${ref} tiene su clave, pero está a ${days} días del documento esperado; se permiten de ${from} a ${to} días.`,
    ambiguous_key: ({ expected, actual, of }) =>
      `La clave no es única: la tienen ${expected} del lado esperado y ${actual} del lado real (uno es ${of}), y la regla no toma un grupo así. Una referencia que los distinga decidiría.`,
    too_many: ({ records, most }) => `${records} documentos tienen su clave; más de ${most} no se juntan.`,
    beyond_tolerance: ({ ref, tolerance }) =>
      `${ref} tiene su clave, pero los importes exceden lo que toma esta regla (${tolerance}).`,
    no_set: ({ from, most }) =>
      `De ${from} para elegir, ningún conjunto de ${most} o menos suma el importe al céntimo.`,
    several_sets: ({ sets }) => `Más de un conjunto suma el importe: ${sets}. Elegir es cosa de una persona.`,
    set_wanted: ({ set }) => `${set} suman el importe, pero otro documento también los necesita.`,
    bound_exceeded: ({ from, most }) =>
      `${from} para elegir; se busca entre ${most} como mucho, así que aquí no se buscó.`,
    next_run: ({ ref }) => `${ref} ya tiene su clave. La próxima ejecución lo mirará.`,
  },
  setOr: ', o ',
  keptApart: 'Mantenidos separados',
  never: ({ own, other, name, at }) => `${own} y ${other} no van nunca juntos, dice ${name}, ${at}`,
  unmatched: ({ own, other, name, at }) =>
    `${name} separó ${own} y ${other}, ${at}; ninguna máquina los empareja hasta que uno cambie`,
};
