import type { Catalogue } from '../catalogue.ts';

export const types: Catalogue['types'] = {
  amount_differs: {
    title: 'Montant différent',
    suggestion:
      'Comparez les deux documents ; faites corriger le mauvais à sa source, ou convenez d’un avoir.',
  },
  currency_differs: {
    title: 'Devise différente',
    suggestion: 'Vérifiez quelle devise était convenue et faites réémettre l’autre document.',
  },
  fields_differ: {
    title: 'Données contradictoires',
    suggestion:
      'Comparez ce que disent les deux enregistrements et faites corriger celui qui est faux à sa source.',
  },
  too_late: {
    title: 'Arrivé trop tard',
    suggestion:
      'Décidez si cela répond encore à ce qui était attendu ; convenez-en avec les deux parties avant de payer.',
  },
  missing_invoice: {
    title: 'Facture manquante',
    suggestion: 'Demandez la facture au fournisseur, ou annulez la commande si rien n’a été livré.',
  },
  missing_actual: {
    title: 'Rien du côté réel',
    suggestion: 'Demandez le document manquant à qui aurait dû facturer ou livrer.',
  },
  missing_expected: {
    title: 'Rien du côté attendu',
    suggestion: 'Trouvez qui a commandé ; ne payez pas avant qu’une commande existe.',
  },
  unordered_charge: {
    title: 'Débit sans commande',
    suggestion: 'Trouvez qui a commandé ; ne payez pas avant qu’une commande existe.',
  },
  duplicate_invoice: {
    title: 'Facture en double',
    suggestion: 'Faites annuler l’une des deux par le fournisseur ; n’en payez qu’une.',
  },
  duplicate: {
    title: 'Doublon',
    suggestion: 'Gardez un enregistrement et faites annuler les autres à leur source.',
  },
};
