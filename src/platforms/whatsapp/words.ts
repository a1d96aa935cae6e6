import type { MediaKind } from "../../model/message.js";

// What WhatsApp writes in the languages of its users. Structure comes first (marks, brackets, capitals); these
// tables settle the rest. They hold stems where a language bends its words, and whole sentences where it does not.

/** `<Media omitted>`: what stands in the brackets speaks of media, in every language the export knows. */
export const OMITTED_MEDIA =
  /medi|méd|mitjan|mídi|medy|mult[ií]m|archiv|arquivo|ficheiro|fichier|fitxer|fişier|fișier|bestand|мед|муль|файл|πολυμ|πολυμέ|μέσα|מדיה|وسائط|رسانه|پیوست|मीडिया|মিডিয়া|மீடியா|మీడియా|メディア|미디어|媒体|媒體|สื่อ|մեդիա|მედია/iu;

/** Says that something was left out, in the languages of iPhones. */
export const LEFT_OUT =
  /omitted|omit[ie]|omis|omess|omês|weggel|ausgel|ausgeschl|ocult|excl|udelad|utelat|utelämn|utesl|dahil edil|atlan|пропу[щс]|опущ|исключ|вилуч|pomini|vynech|kihagy|hiány|jätett|tidak disert|disingkir|bỏ qua|省略|忽略|略去|排除|なし|除外|생략|제외|استبعاد|تم حذف|محذوف|נכלל|הושמט|παραλ|izostav|изпус|ละเว้น|छोड़|के बिना/iu;

/** What was left out or attached, by the word for it. The first that fits counts. */
export const MEDIA_WORDS: readonly (readonly [RegExp, MediaKind])[] = [
  [
    /video ?note|video ?message|videonachricht|videobericht|nota de v[ií]deo|note vid[ée]o|videomess|видеосообщ|görüntülü mesaj|ビデオメッセージ|비디오 메시지|视频消息|視訊訊息/iu,
    "video-note",
  ],
  [/contact|kontakt|contatto|contato|карточк|kişi|連絡先|연락처|联系人|聯絡人|جهة|איש קשר/iu, "contact"],
  [
    /sticker|figurinha|autocollant|adesiv|çıkartma|стикер|наклей|ステッカー|スタンプ|스티커|贴图|貼圖|ملصق|מדבק|naklej|klister|klistre|tarra|αυτοκόλ|matrica/iu,
    "sticker",
  ],
  [/\bgif\b|GIF/u, "gif"],
  [
    /imag|immag|bild|bilde|billede|foto|photo|afbeelding|görüntü|resim|изображ|зображ|фото|obraz|obráz|zdjęc|画像|写真|이미지|사진|图|圖|照片|صورة|תמונ|kép|gambar|kuva|εικόν|hình|รูป/iu,
    "image",
  ],
  [
    /v[ií]d[eé]o|wideo|film|видео|відео|ビデオ|動画|동영상|비디오|视频|視訊|影片|فيديو|סרטון|וידאו|βίντεο|วิดีโอ/iu,
    "video",
  ],
  [
    /[aá]udio|voice|sprach|\bses\b|аудио|аудіо|голос|dźwięk|ljud|lyd|ääni|hang|オーディオ|音声|오디오|음성|音频|音訊|語音|صوت|שמע|ήχου|เสียง/iu,
    "audio",
  ],
  [
    /docum|dokum|belge|документ|ドキュメント|書類|문서|文档|文件|檔案|مستند|מסמך|έγγραφ|เอกสาร|asiakirja|tài liệu/iu,
    "document",
  ],
];

/** `<This message was edited>` at the end of a text. */
export const EDITED =
  /edit|redig|bearbeit|geändert|modif|bewerkt|düzenl|измен|отредакт|змін|редаг|edyt|uprav|szerkeszt|muokat|diedit|chỉnh sửa|编辑|編輯|編集|수정|편집|נערכ|تعديل|ویرایش|संपादित|แก้ไข|επεξεργ|τροποπ/iu;

/** Whole texts, without a full stop at the end, that stand for a deleted message. */
export const DELETED: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "This message was deleted",
  "You deleted this message",
  "Diese Nachricht wurde gelöscht",
  "Du hast diese Nachricht gelöscht",
  "Sie haben diese Nachricht gelöscht",
  "Se eliminó este mensaje",
  "Este mensaje fue eliminado",
  "Este mensaje ha sido eliminado",
  "Eliminaste este mensaje",
  "Has eliminado este mensaje",
  "Mensagem apagada",
  "Esta mensagem foi apagada",
  "Essa mensagem foi apagada",
  "Você apagou esta mensagem",
  "Você apagou essa mensagem",
  "Apagou esta mensagem",
  "Eliminou esta mensagem",
  "Esta mensagem foi eliminada",
  "Ce message a été supprimé",
  "Vous avez supprimé ce message",
  "Questo messaggio è stato eliminato",
  "Hai eliminato questo messaggio",
  "Dit bericht is verwijderd",
  "Je hebt dit bericht verwijderd",
  "U hebt dit bericht verwijderd",
  "U heeft dit bericht verwijderd",
  "Bu mesaj silindi",
  "Bu mesajı sildiniz",
  "Данное сообщение удалено",
  "Это сообщение удалено",
  "Сообщение удалено",
  "Вы удалили данное сообщение",
  "Вы удалили это сообщение",
  "Це повідомлення видалено",
  "Ви видалили це повідомлення",
  "Ta wiadomość została usunięta",
  "Usunięto tę wiadomość",
  "Usunięto wiadomość",
  "Usunąłeś tę wiadomość",
  "Pesan ini telah dihapus",
  "Pesan ini dihapus",
  "Anda telah menghapus pesan ini",
  "Anda menghapus pesan ini",
  "Mesej ini telah dipadamkan",
  "تم حذف هذه الرسالة",
  "لقد حذفت هذه الرسالة",
  "حذفت هذه الرسالة",
  "הודעה זו נמחקה",
  "ההודעה נמחקה",
  "מחקת הודעה זו",
  "यह संदेश हटाया गया",
  "यह मैसेज मिटाया गया",
  "यह मैसेज डिलीट किया गया",
  "आपने यह मैसेज मिटाया",
  "このメッセージは削除されました",
  "このメッセージを削除しました",
  "メッセージを削除しました",
  "삭제된 메시지입니다",
  "이 메시지는 삭제되었습니다",
  "메시지를 삭제했습니다",
  "此消息已删除",
  "此消息已被删除",
  "该消息已被删除",
  "您已删除此消息",
  "你已删除此消息",
  "你删除了此消息",
  "此訊息已刪除",
  "你已刪除此訊息",
  "您已刪除此訊息",
  "Det här meddelandet togs bort",
  "Det här meddelandet har tagits bort",
  "Du tog bort det här meddelandet",
  "Denne besked blev slettet",
  "Du slettede denne besked",
  "Denne meldingen ble slettet",
  "Du slettet denne meldingen",
  "Tämä viesti poistettiin",
  "Poistit tämän viestin",
  "Tato zpráva byla odstraněna",
  "Tato zpráva byla smazána",
  "Odstranili jste tuto zprávu",
  "Táto správa bola vymazaná",
  "Ez az üzenet törölve lett",
  "Törölted ezt az üzenetet",
  "Acest mesaj a fost șters",
  "Ați șters acest mesaj",
  "Tin nhắn này đã bị xóa",
  "Bạn đã xóa tin nhắn này",
  "ข้อความนี้ถูกลบ",
  "ข้อความนี้ถูกลบแล้ว",
  "คุณลบข้อความนี้",
  "Αυτό το μήνυμα διαγράφηκε",
  "Διαγράψατε αυτό το μήνυμα",
  "Това съобщение бе изтрито",
  "Ova je poruka izbrisana",
  "S'ha suprimit aquest missatge",
]);

/** How the texts of {@link DELETED_BY_ADMIN} and {@link VIEW_ONCE} begin: what is asked first, for speed. */
export const BEGINNINGS: readonly string[] = [
  "This message was deleted",
  "Diese Nachricht wurde von",
  "Este mensaje fue eliminado",
  "Se eliminó este mensaje",
  "Mensagem apagada",
  "Esta mensagem foi apagada",
  "Ce message a été supprimé",
  "Questo messaggio è stato eliminato",
  "Dit bericht is verwijderd",
  "Bu mesaj yönetici",
  "Сообщение удалено",
  "Данное сообщение удалено",
  "You received a view once",
  "You sent a view once",
  "Du hast ein",
  "Recibiste un mensaje",
  "Você recebeu uma",
  "Vous avez reçu",
  "Hai ricevuto un",
];

/** A message that an admin deleted; the name follows. */
export const DELETED_BY_ADMIN =
  /^(?:This message was deleted by (?:an )?admin|Diese Nachricht wurde von (?:dem )?Admin|(?:Este mensaje fue eliminado|Se eliminó este mensaje) por (?:el |la |un )?admin|Mensagem apagada (?:por|pelo|pela) admin|Esta mensagem foi apagada (?:por|pelo|pela) admin|Ce message a été supprimé par (?:l['’])?admin|Questo messaggio è stato eliminato da(?:ll['’])? ?(?:un )?admin|Dit bericht is verwijderd door (?:beheerder|admin)|Bu mesaj yönetici|Сообщение удалено админ|Данное сообщение удалено админ)/u;

/** `IMG-20211127-WA0003.jpg (file attached)`: what stands in the parentheses. */
export const FILE_ATTACHED =
  /^(?:file attached|Datei angehängt|archivo adjunto|arquivo anexado|ficheiro anexado|fichier joint|file allegato|bestand bijgevoegd|ファイル添付|添付ファイル|附件|文件附件|已附加檔案|檔案已附加|файл прикрепл[её]н|файл добавлен|файл додано|dosya ekli|ekli dosya|załączono plik|plik załączony|file terlampir|fail dilampirkan|파일 첨부됨|첨부 파일|الملف مرفق|ملف مرفق|קובץ מצורף|bifogad fil|fil bifogad|fil vedhæftet|vedhæftet fil|fil vedlagt|vedlagt fil|tiedosto liitetty|liitetiedosto|soubor byl přiložen|přiložený soubor|súbor je priložený|csatolt fájl|fájl csatolva|fișier atașat|tệp đính kèm|đã đính kèm tập tin|ไฟล์ที่แนบมา|แนบไฟล์|συνημμένο αρχείο|फ़ाइल अटैच की गई|फ़ाइल संलग्न|fitxer adjunt|прикачен файл)$/iu;

/** `<attached: name>`: the word before the name, or after it. */
export const ATTACHED =
  /^(?:attached|anhang|angehängt|adjunto|adjuntado|anexado|anexo|pièce jointe|fichier joint|allegato|bijgevoegd|bijlage|eklendi|ekli|прикреплено|вложение|додано|załączono|dołączono|terlampir|添付|添付ファイル|附件|첨부|첨부됨|مرفق|מצורף|bifogad|vedhæftet|vedlagt|liitetty|přiloženo|csatolva|atașat|đính kèm|συνημμένο|संलग्न|adjunt)$/iu;

/** A place that moved while it was shared: whole texts in lower case, without a full stop. */
export const LIVE_LOCATION: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "live location shared",
  "live location",
  "live-standort wird geteilt",
  "live-standort geteilt",
  "live-standort",
  "ubicación en tiempo real compartida",
  "ubicación en tiempo real",
  "localização em tempo real compartilhada",
  "localização em tempo real partilhada",
  "localização em tempo real",
  "localização ao vivo",
  "position en temps réel partagée",
  "position en temps réel",
  "localisation en direct partagée",
  "localisation en direct",
  "posizione in tempo reale condivisa",
  "posizione in tempo reale",
  "posizione attuale condivisa",
  "live locatie gedeeld",
  "live-locatie gedeeld",
  "live locatie",
  "canlı konum paylaşıldı",
  "canlı konum",
  "трансляция геоданных",
]);

/** The word before the link to a map. */
export const LOCATION =
  /^(?:location|standort|ubicación|localização|localisation|position|posizione|locatie|konum|местоположение|геопозиция|місцезнаходження|lokalizacja|lokasi|位置信息|位置資訊|位置|位置情報|위치|الموقع|מיקום|स्थान|plats|placering|posisjon|sijainti|poloha|helyszín|locație|vị trí|ตำแหน่ง|τοποθεσία)$/iu;

/** A photo or video that could be seen once. */
export const VIEW_ONCE =
  /^(?:You (?:received|sent) a view once|Du hast (?:eine|ein) .{0,30}Einmal|Recibiste un mensaje .{0,20}una (?:sola )?vez|Você recebeu uma (?:mensagem|mídia|foto) de visualização única|Vous avez reçu .{0,30}vue unique|Hai ricevuto un .{0,30}visualizza una volta)/u;

/** How a call went, in the words of iPhones. */
export const CALL_MISSED =
  /^(?:missed|silenced) |^verpasst|^stummgeschalt|llamada (?:de voz |de video |de vídeo )?(?:perdida|silenciada)|^videollamada perdida|(?:chamada|ligação) .{0,12}perdida|^appel .{0,12}manqué|chiamata .{0,12}persa|^gemist|cevapsız|пропущенн|nieodebran|不在着信|부재중|未接/iu;
export const CALL_UNANSWERED =
  /no answer|unanswered|nicht angenommen|keine antwort|sin respuesta|sem resposta|não atendida|pas de réponse|sans réponse|nessuna risposta|geen antwoord|cevap yok|нет ответа|brak odpowiedzi|応答なし|응답 없음|无应答|無人接聽/iu;
export const CALL_DECLINED =
  /declined|abgelehnt|rechazada|recusada|refusé|rifiutata|geweigerd|reddedildi|отклон|odrzucon|拒否|거절|已拒/iu;
export const CALL =
  /\bcall\b|anruf|llamada|chamada|ligação|\bappel\b|chiamata|oproep|arama|звонок|вызов|дзвінок|połączenie|通話|통화|通话|مكالمة|שיחת/iu;

/** What the platform's notices tell. The first that fits counts; `other` where none does. */
export const EVENTS: readonly (readonly [RegExp, string])[] = [
  [
    /end-to-end|Ende-zu-Ende|extremo a extremo|ponta a ponta|ponto a ponto|bout en bout|uçtan uca|сквозн|наскрізн|端到端|端對端|エンドツーエンド|종단간|تشفير تام|מקצה לקצה|are now secured with/iu,
    "encryption-notice",
  ],
  [
    /disappear|selbstlöschend|verschwind|mensajes temporales|mensagens temporárias|messages éphémères|messaggi effimeri|verdwijnende|zelfverwijderende|süreli mesaj|исчезающ|зникаюч/iu,
    "disappearing-changed",
  ],
  [
    /security (?:code|number)|Sicherheits(?:nummer|code)|código de segur|code de sécurité|codice di sicurezza|beveiligingscode|güvenlik kodu|код безопасности/iu,
    "security-code-changed",
  ],
  [
    /(?:phone )?number\b.*\bnew|changed (?:their|his|her|your) (?:phone )?number|changed (?:to|from) \+|(?:Telefon)?nummer.*(?:geändert|gewechselt)|cambió (?:su|de) número|mudou (?:de|o) número|a changé de numéro|ha cambiato (?:il )?numero|nummer gewijzigd|изменил.* номер/iu,
    "number-changed",
  ],
  [
    /group description|Gruppenbeschreibung|descripción del grupo|descrição do grupo|description du groupe|descrizione del gruppo|groepsbeschrijving|описание группы/iu,
    "description-changed",
  ],
  [
    /(?:group['’]?s?|this group['’]s|community['’]?s?) (?:icon|photo|profile photo)|Gruppenbild|imagen del grupo|ícono|(?:imagem|foto) (?:do|deste) grupo|(?:icône|photo|image) (?:du|de ce) groupe|(?:immagine|icona) (?:del|di questo) gruppo|groepsafbeelding|groepsfoto|grup simgesi|картинк|фото группы/iu,
    "icon-changed",
  ],
  [
    /(?:changed|set) the (?:subject|group name)|changed (?:this group['’]s|the group['’]s) (?:name|subject)|changed the name of this group|Betreff|Gruppennamen?|(?:el|del) asunto|nombre del grupo|(?:o|do) (?:assunto|nome do grupo)|(?:le|du) (?:sujet|nom du groupe)|(?:l['’]oggetto|il nome del gruppo|nome del gruppo)|(?:het onderwerp|de groepsnaam)|grubun (?:konusunu|adını)|(?:тему|название) (?:группы|на)/iu,
    "subject-changed",
  ],
  [
    /no longer (?:an )?admin|kein(?:e)? (?:Gruppen-?)?Admin mehr|ya no (?:es|eres) admin|não é mais (?:um )?admin|n['’](?:est|êtes) plus admin|non (?:è|sei) più (?:un )?amministra|geen beheerder meer/iu,
    "admin-revoked",
  ],
  [
    /(?:now|made you|made .{1,60}) an admin|an admin now|jetzt (?:ein )?(?:Gruppen-?)?Admin|zum Admin|ahora (?:es|eres) admin|agora (?:é|você é) (?:um )?admin|(?:est|êtes) (?:maintenant|désormais) admin|ora (?:è|sei) (?:un )?amministra|nu (?:een )?beheerder|artık (?:bir )?yönetici|теперь (?:вы )?админ/iu,
    "admin-granted",
  ],
  [
    /pinned a message|angepinnt|angeheftet|fijó un mensaje|fixou uma mensagem|a épinglé|ha fissato|heeft een bericht vastgezet|sabitledi|закрепил/iu,
    "message-pinned",
  ],
  [
    /you unblocked|nicht mehr blockiert|Blockierung .* aufgehoben|desbloqueaste|desbloqueou|avez débloqué|hai sbloccato|gedeblokkeerd/iu,
    "unblocked",
  ],
  [
    /you blocked|blockiert|bloqueaste|bloqueou|avez bloqué|hai bloccato|geblokkeerd|engellediniz|заблокировал/iu,
    "blocked",
  ],
  [
    /requested to join|möchte beitreten|Beitrittsanfrage|solicitó unirse|pediu para entrar|a demandé à rejoindre|ha chiesto di (?:partecipare|entrare)/iu,
    "join-requested",
  ],
  [
    /joined (?:using|via|from|through)|(?:joined|entered) .{0,40}link|Einladungslink|(?:enlace|link) de invit|link de convite|lien d['’]invitation|link d['’]invito|uitnodigingslink|davet bağlantısı|по ссылке/iu,
    "member-joined-link",
  ],
  [
    /created (?:this |the )?(?:group|community)|created .{0,20}group|Gruppe.*(?:erstellt|gegründet)|(?:creó|creaste) (?:el |este )?grupo|criou (?:o |este )?grupo|grupo .{0,80}criado|(?:a|avez) créé (?:le |ce )?groupe|(?:ha|hai) creato il gruppo|de groep .*(?:gemaakt|aangemaakt)|grubu.*oluşturdu|создал.* групп/iu,
    "group-created",
  ],
  [
    /admin approval|approve new|settings|Einstellungen|configuración|configurações|paramètres|impostazioni|instellingen|only admins|all (?:members|participants)|advanced chat privacy|turned (?:on|off)|Nur Admins|solo los admin|apenas admin|только админ/iu,
    "settings-changed",
  ],
  [
    /\bremoved\b|entfernt|(?:eliminó|expulsó|sacó) a|eliminó|removeu|a (?:retiré|supprimé|expulsé)|ha rimosso|verwijderd|çıkardı|удалил/iu,
    "member-removed",
  ],
  [
    /\bleft$|\bleft (?:the|this) (?:group|community)|\byou left\b|hat die Gruppe verlassen|verlassen|salió|saiste|saiu|a quitté|avez quitté|ha abbandonato|(?:è|sei) uscit|verlaten|ayrıldı|вышел|покинул|вийшов/iu,
    "member-left",
  ],
  [
    /\badded\b|hinzugefügt|(?:añadió|agregó|añadiste|agregaste)|añadido|adicionou|foi adicionad|(?:a|avez) ajouté|été ajouté|(?:ha|hai) aggiunto|aggiunt[oa]|toegevoegd|ekledi|добавил|додав/iu,
    "member-added",
  ],
  [
    /\bjoined\b|beigetreten|se unió|entrou|a rejoint|si è unit|is lid geworden|katıldı|присоединил/iu,
    "member-joined",
  ],
  [/Meta AI|\bAI\b/u, "ai-notice"],
  [/business|Unternehmen|empresa|entreprise|azienda|bedrijf|işletme/iu, "business-notice"],
  [/is a contact|is in your contacts|ist ein Kontakt/iu, "contact-notice"],
];

/** Verbs that turn what looks like a name before `: ` into the beginning of a notice. */
export const NOTICE_BEFORE_COLON =
  /\b(?:changed|set|created|hat|cambió|creó|mudou|alterou|criou|a changé|a modifié|a créé|ha cambiato|ha modificato|ha creato|heeft|değiştirdi|изменил)\b.{0,40}(?:subject|group|description|Betreff|Gruppe|asunto|grupo|assunto|sujet|groupe|oggetto|gruppo|onderwerp|groep|grubu|konu|тему|групп)/iu;
