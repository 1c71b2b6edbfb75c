import type { Catalogue } from '../catalogue.ts';

export const delivery: Catalogue['delivery'] = {
  troubles: {
    archived: 'il est archivé',
    not_member: 'l’application n’y est pas',
    not_found: 'il n’existe pas, ou il est privé et l’application n’y est pas',
    not_allowed: 'l’application n’a pas le droit d’y écrire',
    no_account: 'ce compte n’existe pas dans Slack',
  },
  advice: {
    archived: 'Désarchivez-le, ou indiquez un autre canal pour l’équipe dans tieout.yaml.',
    not_member: 'Invitez-y l’application : /invite @Tieout.',
    not_found:
      'Créez-le ou invitez-y l’application, ou indiquez un autre canal pour l’équipe dans tieout.yaml.',
    not_allowed:
      'Autorisez l’application à y écrire, ou indiquez un autre canal pour l’équipe dans tieout.yaml.',
    no_account: 'Corrigez la personne dans tieout.yaml.',
  },
  standsHere: (channel: string, trouble: string): string =>
    `${channel} n’accepte aucun message : ${trouble}. En attendant, ceci est publié ici.`,
  movedTo: (label: string, place: string): string => `${label} se trouve maintenant dans ${place}.`,
  movedToPerson: (label: string): string => `${label} se trouve maintenant dans un message direct.`,
  thisCard: 'Cette carte',
  deletedLine: 'La carte a été supprimée dans Slack ; la voici de nouveau.',
  replacedLine:
    'Slack n’a plus laissé l’application modifier la carte ; la voici de nouveau. Si l’ancienne est encore là, elle n’est plus à jour.',
  movedLine: (from: string): string => `La carte se trouvait auparavant dans ${from}.`,
  movedLineBecause: (from: string, trouble: string): string =>
    `La carte se trouvait auparavant dans ${from} ; raison : ${trouble}.`,
  lostTitle: (team: string): string => `Le canal de ${team} n’accepte aucun message`,
  lostBody: (channel: string, trouble: string): string => `${channel} : ${trouble}.`,
  lostStandIn:
    'D’ici là, ses cartes sont publiées au prochain endroit qui fonctionne. Elles reviendront d’elles-mêmes.',
  lostNowhere:
    'D’ici là, ses cartes sont retenues. Les écarts sont enregistrés : voir « tieout exceptions ».',
  backTitle: (team: string): string => `Le canal de ${team} accepte de nouveau les messages`,
  backBody: (channel: string): string => `${channel} : les cartes publiées ailleurs y reviennent maintenant.`,
  leftTitle: (name: string): string => `${name} est parti(e)`,
  leftBody: (given: number): string =>
    `${given === 1 ? '1 écart a été rendu à son équipe' : `${given} écarts ont été rendus à leurs équipes`}. Prenez en charge ce qui ne peut pas attendre.`,
  rehomedTitle: (count, team) =>
    `${count === 1 ? '1 écart relève' : `${count} écarts relèvent`} maintenant de ${team}`,
  rehomedBody: 'La matrice de responsabilité a changé. Les échéances restent, les responsables aussi.',
  rehomedYours:
    'La matrice de responsabilité a changé. Vous les aviez pris en charge et en restez responsable : transmettez ce qui ne vous revient plus.',
};
