//! The two words that TV and dashboard both show.

use rand::RngExt;

/// Everyday French words of four to nine letters, without accents: easy to read from a TV and to
/// say aloud across a hall.
const WORDS: &str = "
abeille abricot agneau aigle album amande ananas ancre antilope arbre argile asperge atelier
aubergine auto avion balai balcon ballon bambou banane bateau baleine banquise barque basilic
bijou biscuit bison bleuet bocal bonnet bottine boussole bouton brebis bricole brioche brochet
brosse brume buffet cabane cabas cactus cadran caillou camion canal canard canot caravane
carotte cascade casque castor cerise chaise chameau chapeau chardon chat cheval cigale citron
clairon cloche cobra coffre colibri colline comptoir copain coquille corbeau cornet coton
coussin crayon crevette criquet cuivre cygne dauphin dentelle dessert domino donjon dragon
drapeau dune dynamo encrier enclume escargot espadon falaise fanfare farine faucon fauteuil
fenouil ficelle flamant flocon fontaine fougasse fourmi fraise framboise frelon fromage furet
galet galop gant gazelle gazon girafe givre glacier gomme gondole gorille goutte granit grenade
grillon grotte guitare hamac harpe herbe hibou horloge hublot igloo iguane image ivoire jacinthe
jaguar jardin jasmin jonquille journal jumelles jungle kayak kiosque koala lagune lampe lanterne
lapin laurier lavande lavoir lentille lessive lion loutre losange luciole lunette lutin magnolia
maison mammouth mandarine mangue manteau marmite marron melon menthe merle miel miroir moineau
montagne mouette moulin mouton muguet myrtille navire noisette nuage oasis olive ombrelle orage
orange orchestre osier otarie ourson pagaie palmier panda panier papillon parapluie parfum
pastille peluche pendule perle phare piano pigeon pinson piment pirate pirogue pivoine planche
plateau plume poireau poivron pomme portail poulet prairie praline prune puits puzzle quartz
quille radeau radis raisin ravioli renard requin ruisseau safran salade sapin saumon savane
sirop sorbet tambour tigre tomate tortue tulipe valise vanille violon volcan zeste
";

/// Two different words, drawn anew for each enrolment.
pub(super) fn draw() -> [String; 2] {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut random = rand::rng();
    let first = random.random_range(0..words.len());
    // Skips the first word without preferring its neighbour.
    let second = (first + random.random_range(1..words.len())) % words.len();
    [first, second].map(|index| words[index].to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{WORDS, draw};

    #[test]
    fn words_are_simple_and_differ() {
        let words: Vec<&str> = WORDS.split_whitespace().collect();
        let different: HashSet<_> = words.iter().collect();
        assert_eq!((words.len(), different.len()), (256, 256));
        for word in words {
            assert!(
                word.bytes().all(|letter| letter.is_ascii_lowercase()),
                "{word}"
            );
            assert!((4..=9).contains(&word.len()), "{word}");
        }
        for _ in 0..1000 {
            let [first, second] = draw();
            assert_ne!(first, second);
        }
    }
}
